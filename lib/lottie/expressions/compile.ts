import { type Node, parse } from 'acorn';
import { readExpression } from '../document/index.ts';
import { childrenOf, rewrite } from './rewrite.ts';

/** Longer ones are no expressions that anyone wrote. */
const MOST_CHARACTERS = 200_000;

/** What runs later than the expression, or loads code. */
const REFUSED: Readonly<Record<string, string>> = {
  ImportExpression: 'import',
  AwaitExpression: 'await',
  DebuggerStatement: 'debugger',
};

/**
 * Makes the text of a function from an expression: what it returns is the expression's value. Bodymovin's exports assign
 * that to `$bm_rt`; of a plain expression the value of its last statement counts. Throws where it is no JavaScript.
 */
export function compileExpression(source: string): string {
  if (source.length > MOST_CHARACTERS) throw new Error(`it is longer than ${MOST_CHARACTERS} characters`);
  const { source: code, read: program } = readExpression(source, (text) =>
    parse(text, { ecmaVersion: 'latest', sourceType: 'script', preserveParens: true }),
  );
  const names = new Names();
  names.visit(program);
  const body = rewrite(code, program, (name) => !names.assigned.has(name) && !names.declared.has(name));
  const result = names.used.has('$bm_rt') ? '$bm_rt' : '$ae_result';
  // A name that is assigned and never declared lives as long as the expression; it begins as what the language has.
  const undeclared = [...names.assigned].filter((name) => !names.declared.has(name));
  const locals = undeclared.map((name) => `, ${name} = globalThis.${name}`).join('');
  return `function () { var $ae_result${locals};\n${body}\nreturn ${result}; }`;
}

/** The names of an expression, by what is done with them; `declared` are those of its outermost scope. */
class Names {
  readonly used = new Set<string>();
  readonly assigned = new Set<string>();
  readonly declared = new Set<string>();
  #functions = 0;

  visit(node: Node): void {
    refuse(node);
    const inFunction = /Function/.test(node.type);
    if (this.#functions === 0 && DECLARING.test(node.type))
      this.#collect((node as Node & Record<string, unknown>).id, this.declared);
    this.#functions += inFunction ? 1 : 0;
    this.#note(node);
    for (const child of childrenOf(node)) this.visit(child);
    this.#functions -= inFunction ? 1 : 0;
  }

  #note(node: Node): void {
    const fields = node as Node & Record<string, unknown>;
    if (node.type === 'Identifier') this.used.add(String(fields.name));
    if (node.type === 'AssignmentExpression' || node.type === 'ForInStatement' || node.type === 'ForOfStatement')
      this.#collect(fields.left, this.assigned);
    if (node.type === 'UpdateExpression') this.#collect(fields.argument, this.assigned);
  }

  /** The names in a pattern. */
  #collect(pattern: unknown, into: Set<string>): void {
    if (Array.isArray(pattern)) for (const part of pattern) this.#collect(part, into);
    if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) return;
    const node = pattern as Record<string, unknown>;
    if (node.type === 'Identifier') into.add(String(node.name));
    for (const key of ['argument', 'elements', 'properties', 'expression'] as const)
      if (node.type !== 'MemberExpression') this.#collect(node[key], into);
    if (node.type === 'AssignmentPattern') this.#collect(node.left, into);
    if (node.type === 'Property') this.#collect(node.value, into);
  }
}

const DECLARING = /^(VariableDeclarator|FunctionDeclaration|ClassDeclaration)$/;

function refuse(node: Node): void {
  const fields = node as Node & Record<string, unknown>;
  const refused = REFUSED[node.type] ?? (fields.async === true || fields.await === true ? 'async' : undefined);
  if (refused !== undefined) throw new Error(`it uses ${refused}, which expressions do not have`);
}
