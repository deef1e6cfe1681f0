import { Script } from 'node:vm';

/**
 * Reads an expression with `parse`, which throws where it is no JavaScript. After Effects' older engine takes an `else`
 * right after a statement without a semicolon (`if (a) 1 else 2`), so what cannot be read as it is, is read so.
 * Source: Adobe, "Syntax differences between the JavaScript and Legacy ExtendScript expression engines".
 */
export function readExpression<Read>(source: string, parse: (source: string) => Read): { source: string; read: Read } {
  try {
    return { source, read: parse(source) };
  } catch (error) {
    const mended = source.replace(/([^\s;{}])(\s*)\belse\b/g, '$1;$2else');
    if (mended === source) throw error;
    try {
      return { source: mended, read: parse(mended) };
    } catch {
      // The first error is about what the user wrote.
      throw error;
    }
  }
}

/** Why an expression cannot be read; null if it can. V8 says it, and runs nothing. */
export function syntaxFault(source: string): string | null {
  try {
    readExpression(source, (code) => new Script(code));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
