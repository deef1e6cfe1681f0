import { type Node, parse } from 'acorn';
import type { LottieDocument } from '../lottie/document/index.ts';

type Fields = Node & Record<string, unknown>;

/**
 * The document for other players: expressions as Bodymovin writes them, which assign their value to `$bm_rt` and reckon
 * with vectors by functions. What is no JavaScript stays as it is. Our own keys are left out.
 */
export function forPlayers(document: LottieDocument): LottieDocument {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (key === 'ae') return undefined;
    return key === 'x' && typeof value === 'string' ? playerExpression(value) : value;
  });
}

const OPERATORS: Readonly<Record<string, string>> = {
  '+': '$bm_sum',
  '-': '$bm_sub',
  '*': '$bm_mul',
  '/': '$bm_div',
  '%': '$bm_mod',
};

function playerExpression(source: string): string {
  try {
    const options = { ecmaVersion: 'latest', sourceType: 'script', preserveParens: true } as const;
    const program: Node = parse(source, options);
    return `var $bm_rt;\n${new Writer(source).program(program as Fields)}`;
  } catch {
    // After Effects would not take it either; the player says what is wrong with it.
    return source;
  }
}

class Writer {
  readonly #source: string;
  /** The statements whose value is the expression's. */
  readonly #results = new Set<unknown>();

  constructor(source: string) {
    this.#source = source;
  }

  program(program: Fields): string {
    this.#findResults(program.body);
    return this.#text(program);
  }

  #findResults(body: unknown): void {
    const last = Array.isArray(body)
      ? (body as Fields[]).findLast(({ type }) => type !== 'EmptyStatement')
      : (body as Fields);
    if (last === undefined || last === null) return;
    if (last.type === 'ExpressionStatement') this.#results.add(last);
    else if (last.type === 'BlockStatement') this.#findResults(last.body);
    else if (last.type === 'IfStatement')
      for (const part of [last.consequent, last.alternate]) this.#findResults(part ?? []);
    else if (last.type === 'TryStatement')
      for (const part of [last.block, last.handler]) this.#findResults((part as Fields)?.body ?? part);
  }

  #text(node: Fields): string {
    const call = node.type === 'BinaryExpression' ? OPERATORS[String(node.operator)] : undefined;
    if (call !== undefined) return `${call}(${this.#text(node.left as Fields)}, ${this.#text(node.right as Fields)})`;
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      text += this.#source.slice(at, child.start) + this.#text(child);
      at = child.end;
    }
    text += this.#source.slice(at, node.end);
    return this.#results.has(node) ? `$bm_rt = ${text}` : text;
  }
}

function childrenOf(node: Fields): Fields[] {
  const isNode = (value: unknown): value is Fields =>
    typeof value === 'object' && value !== null && typeof (value as Fields).type === 'string' && 'start' in value;
  return Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start);
}
