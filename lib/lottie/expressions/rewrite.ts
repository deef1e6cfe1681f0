import type { Node } from 'acorn';

/** Any node; what is in it is looked at before it is used. */
type Fields = Node & Record<string, unknown>;

/**
 * Writes an expression anew, so that operators work on vectors as in After Effects and properties count as their values
 * in conditions. Bodymovin does the first on export; plain expressions have it done here. Line by line the text stays.
 * `isFree` says which names are not the expression's own.
 */
export function rewrite(source: string, program: Node, isFree: (name: string) => boolean): string {
  return new Rewriter(source, isFree).text(program as Fields);
}

/**
 * Names of the expression language that its older engine takes in their former spelling as well: `this_comp`, `to_comp`.
 * Source: Adobe, "Syntax differences between the JavaScript and Legacy ExtendScript expression engines".
 */
const FORMER_NAMES: ReadonlyMap<string, string> = new Map(
  (
    'thisComp thisLayer thisProperty toComp fromComp toWorld fromWorld toCompVec fromCompVec toWorldVec fromWorldVec ' +
    'fromCompToSurface valueAtTime velocityAtTime speedAtTime numKeys nearestKey loopIn loopOut loopInDuration ' +
    'loopOutDuration inPoint outPoint startTime hasParent hasVideo hasAudio timeRemap anchorPoint frameDuration numLayers ' +
    'displayStartTime pixelAspect timeToFrames framesToTime timeToTimecode gaussRandom seedRandom degreesToRadians ' +
    'radiansToDegrees rgbToHsl hslToRgb easeIn easeOut sourceText propertyIndex propertyGroup lookAt posterizeTime'
  )
    .split(' ')
    .map((name) => [name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name] as const),
);

/** The function that does the work of an operator. Names as Bodymovin writes them. */
const OPERATORS: Readonly<Record<string, string>> = {
  '+': '$bm_sum',
  '-': '$bm_sub',
  '*': '$bm_mul',
  '/': '$bm_div',
  '%': '$bm_mod',
};

/** Where a node is a condition or is compared by kind: there a property must be its plain value. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
  ConditionalExpression: ['test'],
  IfStatement: ['test'],
  WhileStatement: ['test'],
  DoWhileStatement: ['test'],
  ForStatement: ['test'],
  LogicalExpression: ['left'],
  SwitchStatement: ['discriminant'],
  SwitchCase: ['test'],
};

class Rewriter {
  readonly #source: string;
  readonly #isFree: (name: string) => boolean;
  /** Statements inside of a function are not what the expression gives. */
  #functions = 0;

  constructor(source: string, isFree: (name: string) => boolean) {
    this.#source = source;
    this.#isFree = isFree;
  }

  text(node: Fields): string {
    const inFunction = /Function/.test(node.type) || node.type === 'StaticBlock' || node.type === 'PropertyDefinition';
    this.#functions += inFunction ? 1 : 0;
    const text = this.#special(node) ?? this.#copied(node, childrenOf(node));
    this.#functions -= inFunction ? 1 : 0;
    return text;
  }

  #special(node: Fields): string | null {
    const { type, operator } = node;
    if (type === 'Identifier') {
      const name = FORMER_NAMES.get(String(node.name));
      return name !== undefined && this.#isFree(String(node.name)) ? name : null;
    }
    if (type === 'ExpressionStatement') return this.#statement(node);
    if (type === 'BinaryExpression') {
      const [left, right] = [this.text(node.left as Fields), this.text(node.right as Fields)];
      const call = OPERATORS[String(operator)];
      if (call !== undefined) return `${call}(${left}, ${right})`;
      if (operator === '===' || operator === '!==') return `$ae_plain(${left}) ${operator} $ae_plain(${right})`;
    }
    if (type === 'UnaryExpression') {
      const argument = this.text(node.argument as Fields);
      if (operator === '-') return `$bm_neg(${argument})`;
      if (operator === '!') return `!$ae_plain(${argument})`;
    }
    if (type === 'AssignmentExpression') return this.#assignment(node);
    // `{ a }` holds one identifier twice.
    if (type === 'Property' && node.shorthand === true) return this.text(node.value as Fields);
    const fields = PLAIN[type];
    return fields === undefined ? null : this.#copied(node, childrenOf(node), new Set(fields.map((key) => node[key])));
  }

  /** The value of the last statement that ran is what an expression gives. */
  #statement(node: Fields): string | null {
    if (this.#functions > 0) return null;
    const expression = node.expression as Fields;
    const end = this.#source.slice(expression.end, node.end);
    return `$ae_result = (${this.text(expression)})${end.endsWith(';') ? end : `${end};`}`;
  }

  #assignment(node: Fields): string | null {
    const call = OPERATORS[String(node.operator).slice(0, -1)];
    const left = node.left as Fields;
    if (call === undefined || String(node.operator).length !== 2) return null;
    const right = this.text(node.right as Fields);
    if (left.type === 'Identifier') return `${String(left.name)} = ${call}(${String(left.name)}, ${right})`;
    if (left.type !== 'MemberExpression' || (left.object as Node).type === 'Super') return null;
    const property = left.property as Fields;
    if (property.type === 'PrivateIdentifier') return null;
    const key = left.computed === true ? this.text(property) : JSON.stringify(this.text(property));
    return `$ae_assign(${this.text(left.object as Fields)}, ${key}, ${call}, ${right})`;
  }

  /** The text of a node with its children written anew; `plain` ones stand for their values. */
  #copied(node: Fields, children: readonly Fields[], plain: ReadonlySet<unknown> = new Set()): string {
    let text = '';
    let at = node.start;
    for (const child of children) {
      const written = this.text(child);
      text += this.#source.slice(at, child.start) + (plain.has(child) ? `$ae_plain(${written})` : written);
      at = child.end;
    }
    return text + this.#source.slice(at, node.end);
  }
}

/** In the order of the text. */
export function childrenOf(node: Node): Fields[] {
  const found: Fields[] = [];
  for (const value of Object.values(node).flat()) if (isNode(value)) found.push(value);
  return found.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
