/** One member of an interface: its name, its type as it is written, and the words before it. */
export interface Member {
  key: string;
  type: string;
  optional: boolean;
  words: string;
}

/**
 * The members of an interface of a source that the compiler has checked and Biome has formatted: two spaces before a member
 * of an interface, a semicolon behind it. (TypeScript 7 has no programming interface for this.)
 */
export function membersOf(source: string, name: string): Member[] {
  const body = new RegExp(`interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(source)?.[1];
  if (body === undefined) throw new Error(`There is no interface ${name}.`);
  const members = body.matchAll(
    /(?:^ {2}\/\*\*((?:(?!\*\/).)*)\*\/\n)?^ {2}('[^']+'|\w+)(\?)?: (.*?);$(?=\n {2}\S|\n?(?![\s\S]))/gms,
  );
  return [...members].map(([, words = '', key = '', optional, type = '']) => ({
    key,
    type: type.replaceAll(/\s*\n\s*/g, ' '),
    optional: optional !== undefined,
    words: words
      .replaceAll(/^\s*\* ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  }));
}
