/**
 * Writes docs/bundled-renderer.md, and the table of the README, from the lists by which the bundled renderer itself decides.
 * Run it when one has changed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { STYLES } from '../lib/aep-to-lottie/layer-styles.ts';
import { blendModes, FEATURES, type Support } from '../lib/aep-to-lottie/support.ts';
import { BAKED, DRAWN_BY_MATCH_NAME, DRAWN_ON_SOME, styleName } from '../lib/lottie/normalise/index.ts';

const words = (name: string) => name.toLowerCase().replaceAll('_', ' ').replace('silhouete', 'silhouette');
const modes = blendModes();
const drawnStyles = Object.entries(STYLES).filter(([, { ty }]) => styleName({ ty }) === null);
const otherStyles = Object.entries(STYLES).filter(([, { ty }]) => styleName({ ty }) !== null);
const named = (styles: typeof drawnStyles) => styles.map(([, { name }]) => name).join(', ');

function rows(support: Support): string {
  return FEATURES.filter((feature) => feature.support === support)
    .map(({ feature, note }) => `| ${feature} | ${note} |`)
    .join('\n');
}

const table = (support: Support) => `| | |\n| --- | --- |\n${rows(support)}`;

await writeFile(
  'docs/bundled-renderer.md',
  `# After Effects projects in the bundled renderer

On a machine without After Effects, the bundled renderer opens \`.aep\`, \`.aepx\`, \`.mogrt\` and \`.zip\` templates: it writes the composition as a Lottie document (\`aerender-batch templates export\` does the same into a file) and draws that. The script of a job works on it with the names, match names and ids of the project. Which program renders is the option \`renderer\`: \`auto\` (default: After Effects wherever there is one), \`after-effects\`, \`bundled\`.

\`aerender-batch check\` and \`create\` say what of a template is not drawn as After Effects would, layer by layer, before anything is rendered. What one sees is refused with \`FEATURE_UNSUPPORTED\`, unless \`bundled: { allowUnsupported: true }\` or \`--allow-unsupported\`; the rest is a warning. How near the picture comes: [pictures.md](pictures.md).

This page is made from the lists in the code by \`node tools/write-renderer-doc.ts\`.

## Drawn
${table('drawn')}

Effects, by match name: ${[...DRAWN_BY_MATCH_NAME, ...BAKED].map((name) => `\`${name}\``).join(', ')}, ${[...DRAWN_ON_SOME].map(([name, where]) => `\`${name}\` ${where}`).join(', ')}. Controls (\`ADBE Slider Control\`, …) hold values for expressions.

Layer styles: ${named(drawnStyles)}.

Blend modes: ${modes.drawn.map(words).join(', ')}.

## Approximated, with a warning
${table('approximated')}

Blend modes: ${modes.approximated.map(words).join(', ')}.

## Refused, unless it is allowed
${table('refused')}

All other effects. Layer styles: ${named(otherStyles)}, and Pattern Overlay. Blend modes: ${modes.refused.map(words).join(', ')}.

## Left out, with a warning
${table('left out')}
`,
);

const effects = `${DRAWN_BY_MATCH_NAME.size + BAKED.size + DRAWN_ON_SOME.size} effects`;
const brief = (support: Support, ...more: string[]) =>
  [...FEATURES.filter((one) => one.support === support).map(({ feature }) => lowered(feature)), ...more].join('; ');
const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const summary = `| of a project without After Effects | |
| --- | --- |
| drawn | ${brief('drawn', effects, `${drawnStyles.length} layer styles`, `${modes.drawn.length} blend modes`)} |
| approximated (a warning) | ${brief('approximated', `${modes.approximated.length} blend modes`)} |
| refused, unless allowed | ${brief('refused', 'other effects, layer styles and blend modes')} |
`;
const readme = await readFile('README.md', 'utf8');
const TABLE = /\| of a project without After Effects \| \|\n(\|.*\n)+/;
if (!TABLE.test(readme)) throw new Error('The README has no table of what is drawn.');
await writeFile(
  'README.md',
  readme.replace(TABLE, () => summary),
);
