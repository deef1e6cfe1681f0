import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ERROR_CODES } from '../../lib/errors.ts';
import { type Ended, runCommand } from '../support/command-in-process.ts';
import { SAMPLES } from '../support/engine.ts';
import { writeZip } from '../support/zip-writer.ts';

/** Files of a case by their names, and the arguments of the call. */
interface Call {
  files?: Record<string, string | Uint8Array>;
  args: string[];
}
type Case = [what: string, call: Call, says: RegExp, exitCode?: 1 | 2];

const ID = '01JD0M5A7Z8QKXW3T9V2B4C6ED';
const template = { src: 'templates/invitation.json', composition: 'main' };
const json = JSON.stringify;

/** A batch file with this text. */
const text = (content: string | Uint8Array, ...args: string[]): Call => ({
  files: { 'batch.json': content },
  args: ['check', 'batch.json', ...args],
});
const job = (more: object, ...args: string[]) => text(json({ jobs: [{ template, ...more }] }), ...args);
const asset = (one: unknown, files: Call['files'] = {}): Call => {
  const call = job({ assets: [one] });
  return { ...call, files: { ...call.files, ...files } };
};
/** A job with another template, and that file. */
const from = (src: string, content: string | Uint8Array): Call => {
  const call = text(json({ jobs: [{ template: { src, composition: 'main' } }] }));
  return { ...call, files: { ...call.files, [src]: content } };
};
const nested = (levels: number): object =>
  levels === 0
    ? { type: 'text', layerName: 'name', value: 'x' }
    : { type: 'job', layerName: 'lower third', template, assets: [nested(levels - 1)] };
const SHEET = ['--template', template.src, '--composition', 'main'];
const sheet = (content: string | Uint8Array, ...args: string[]): Call => ({
  files: { 'names.csv': content },
  args: ['check', 'names.csv', ...SHEET, ...args],
});
const mapped = (mapping: string | object): Call => ({
  files: { 'names.csv': 'name\na\n', 'names.rows.json': typeof mapping === 'string' ? mapping : json(mapping) },
  args: ['check', 'names.csv'],
});
const config = (content: string, name = 'aerender-batch.config.json', ...args: string[]): Call => ({
  files: { [name]: content },
  args: ['list', ...args],
});
const call = (...args: string[]): Call => ({ args });
const photo = { type: 'image', layerName: 'photo' };
const accent = { type: 'data', layerName: 'accent' };

const BATCH_FILES: Case[] = [
  ['an empty file', text(''), /batch\.json is not JSON: line 1, column 1: a value is missing/],
  ['a folder', call('check', 'templates'), /templates cannot be read: it is a folder, not a file/],
  [
    'a name near that of a file',
    { files: { 'batch.json': '{}' }, args: ['check', 'bacth.json'] },
    /did you mean 'batch\.json'/,
  ],
  ['a picture', text(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 255)), /it is not UTF-8; save it as UTF-8/],
  [
    'a Lottie document',
    call('check', 'templates/invitation.json'),
    /is a template, not a batch\. Write a batch for it with: aerender-batch init/,
  ],
  ['a project', call('check', 'templates/business-card.aep'), /is a template, not a batch/],
  ['a name without quotes', text('{\n  jobs: [] }'), /line 2, column 3: .*texts stand in double quotes/],
  ['UTF-16 without a mark', text(Buffer.from('{"jobs":[]}', 'utf16le')), /it is UTF-16 without a byte order mark/],
  [
    'a name that stands twice',
    text('{"jobs":[{"assets":[],\n"assets":[]}]}'),
    /line 2, column 1: 'assets' stands twice/,
  ],
  ['NaN', text('{"jobs":[{"settings":{"frames":NaN}}]}'), /line 1, column 32: this is no JSON value/],
  ['an array', text('[]'), /is an array; put it into an object/],
  ['a text', text('"x"'), /holds no object; a batch is/],
  ['a single job', text(json({ template })), /is a single job; put it into a batch/],
  ['a misspelt list of jobs', text('{"job":[]}'), /has no jobs but 'job'; did you mean 'jobs'\?/],
  ['no jobs', text('{"jobs":[]}'), /jobs: must hold 1 to 1000 jobs; it holds 0/],
  ['1,001 jobs', text(json({ jobs: Array(1_001).fill({ template }) })), /must hold 1 to 1000 jobs; it holds 1001/],
  ['jobs that are an object', text('{"jobs":{}}'), /has jobs that are no array/],
];

const JOBS: Case[] = [
  ['a text as a job', text('{"jobs":["x"]}'), /job 0: must be of type object, not string/],
  ['a misspelt key', job({ aseets: [] }), /aseets: is no key of a job; did you mean 'assets'/],
  [
    'a misspelt key of a template',
    text(json({ jobs: [{ template: { src: template.src, compositon: 'main' } }] })),
    /compositon.*'composition'/,
  ],
  [
    'a misspelt key of an asset',
    asset({ type: 'text', layerNmae: 'name', value: 'x' }),
    /assets\[0\]\.layerNmae: .*'layerName'/,
  ],
  [
    'a misspelt key of settings, once',
    job({ settings: { codecc: 'x' } }),
    /settings\.codecc: is no key of a job; did you mean 'codec'\? \[VALID/,
  ],
  ['a misspelt key of local', job({ local: { filname: 'x' } }), /local\.filname: .*'fileName'/],
  [
    'a misspelt type',
    asset({ type: 'txet', layerName: 'name', value: 'x' }),
    /assets\[0\]\.type: must be one of .*; did you mean 'text'/,
  ],
  ['an asset without a type', asset({ layerName: 'name' }), /assets\[0\]\.type: must be one of/],
  ['an asset of null', asset(null), /assets\[0\]: must be of type object, not null/],
  ['assets that are an object', job({ assets: {} }), /assets: must be of type array, not object/],
  [
    'a template that is a text',
    text('{"jobs":[{"template":"x.aep"}]}'),
    /template: must be of type object, not string/,
  ],
  ['no template', text('{"jobs":[{}]}'), /template: is required/],
  [
    'settings of wrong types',
    job({ settings: { frames: '1', quality: 'best', codec: 7, engine: 'ae2019' } }),
    /frames: must be of type number or array, not string; .*quality: .*codec: .*engine: must be one of ae2025, ae2026/,
  ],
  ['a preview with settings', job({ preview: true, settings: { quality: 'full' } }), /preview: excludes settings/],
  ['fonts that are a text', job({ fonts: 'a.ttf' }), /fonts: must be of type array/],
  ['tags that are a number', job({ tags: 7 }), /tags: must be of type string or array/],
  ['a priority in words', job({ priority: 'high' }), /priority: must be of type number/],
  ['a webhook without a URL', job({ webhook: {} }), /webhook\.url: is required/],
  [
    'a method in small letters',
    job({ webhook: { url: 'https://x.y', method: 'post' } }),
    /webhook\.method: .*did you mean 'POST'/,
  ],
  [
    'half of a bucket',
    job({ upload: { params: { bucket: 'b' } } }),
    /upload\.params\.region: is required; upload\.params\.accessKeyId/,
  ],
  ['a prefix that climbs', job({ upload: { prefix: '../x' } }), /upload\.prefix: must not contain/],
  [
    'a file name of dots',
    job({ local: { fileName: '..' } }),
    /local\.fileName: holds nothing that a file can be named by/,
  ],
  [
    'metadata that is too long',
    job({ local: { metadata: 'x'.repeat(70_000) } }),
    /local\.metadata: must be at most 65536/,
  ],
  ['a supersample of 3', job({ local: { supersample: 3 } }), /local\.supersample: must be one of 1, 2, 4/],
  [
    'a codec that is not there',
    job({ settings: { codec: 'h265' } }),
    /'h265' is unknown; did you mean 'video_h264_vbr_15mbps'\?.*CODEC_UNKNOWN/,
  ],
  [
    'a codec of the other type',
    job({ settings: { type: 'image', codec: 'video_prores_422', frames: 0 } }),
    /use one of image_png, image_jpeg/,
  ],
  ['a project as output', job({ settings: { type: 'aep' } }), /cannot be made here; ask for video or image/],
  [
    'a frame before the first',
    job({ settings: { type: 'image', frames: -1 } }),
    /settings\.frames: must be at least 0/,
  ],
  [
    'a frame after the last',
    job({ settings: { frames: [0, 100] } }),
    /frame 100 lies outside of composition 'main', whose frames are 0-99.*FRAMES_OUT_OF_RANGE/,
  ],
  ['half a frame', job({ settings: { type: 'image', frames: 1.5 } }), /settings\.frames: must be an integer/],
  ['a huge frame', job({ settings: { type: 'image', frames: 1e12 } }), /settings\.frames: must be at most/],
  [
    'frames backwards',
    job({ settings: { frames: [50, 10] } }),
    /the last frame \(10\) must be greater than the first \(50\)/,
  ],
  [
    'a picture of no frame',
    job({ settings: { type: 'image' } }),
    /settings\.frames: is required for a job of type image/,
  ],
  [
    'nesting too deep',
    job({ assets: [nested(9)] }),
    /(assets\[0\]\.){7}assets\[0\]: Jobs are nested more than 8 levels deep \[NESTING_TOO_DEEP\]/,
  ],
];

const TEMPLATES: Case[] = [
  [
    'an id that nobody knows',
    text(json({ jobs: [{ template: { id: ID, composition: 'main' } }] })),
    /no template has this id\. Register its file with: aerender-batch templates add <file>.*TEMPLATE_NOT_FOUND/,
  ],
  [
    'a misspelt file',
    text(json({ jobs: [{ template: { src: 'templates/invitaton.json', composition: 'main' } }] })),
    /invitaton\.json is not there; did you mean 'invitation\.json'/,
  ],
  [
    'a folder as template',
    text(json({ jobs: [{ template: { src: 'templates', composition: 'main' } }] })),
    /it is a folder, not a file.*TEMPLATE_UNREADABLE/,
  ],
  ['an empty file', from('e.aep', ''), /e\.aep cannot be read: it is empty/],
  [
    'another format',
    from('e.aep', '%PDF-1.4 this is no project'),
    /neither an After Effects project nor a Lottie document/,
  ],
  [
    'a zip without a template',
    from('z.zip', writeZip([{ name: 'a.txt', data: Buffer.from('x') }])),
    /it holds no \.aep or \.aepx or \.json file/,
  ],
  ['JSON that is no Lottie document', from('x.json', '{"a":1}'), /not a readable Lottie document \(fr: is required\)/],
  ['a cut Lottie document', from('x.json', '{"layers":[\n'), /not a readable Lottie document \(.*JSON/],
  ['a URL', from('https://a.b/x.aep', ''), /need the network, .*with the option resolve.*ASSET_SOURCE_UNSUPPORTED/],
  [
    'a misspelt composition',
    text(json({ jobs: [{ template: { ...template, composition: 'Main' } }] })),
    /Composition 'Main' not found in the template; did you mean 'main'/,
  ],
  [
    'no composition',
    text(json({ jobs: [{ template: { src: template.src } }] })),
    /template\.composition: is required for every template but a \.mogrt/,
  ],
];

const ASSETS: Case[] = [
  [
    'a misspelt layer',
    asset({ type: 'text', layerName: 'nmae', value: 'x' }),
    /Layer 'nmae' not found in composition 'main'; did you mean 'name'/,
  ],
  [
    'a text on a picture',
    asset({ type: 'text', layerName: 'photo', value: 'x' }),
    /layer 'photo' is a footage layer; .*ASSET_LAYER_MISMATCH/,
  ],
  [
    'a picture on a text',
    asset({ ...photo, layerName: 'name', src: 'images/mary.png' }),
    /layer 'name' is a text layer/,
  ],
  [
    'a number as a text',
    asset({ type: 'text', layerName: 'name', value: 7 }),
    /assets\[0\]\.value: must be of type string/,
  ],
  [
    'a file that is not there',
    asset({ ...photo, src: 'images/marry.png' }),
    /neither beside the template .*nor beside the batch file .*; did you mean 'mary\.png'/,
  ],
  [
    'a file of another kind',
    asset({ ...photo, src: 'x.png' }, { 'x.png': 'hello' }),
    /its content is not that of a \.png file.*ASSET_INVALID/,
  ],
  ['an empty file', asset({ ...photo, src: 'x.png' }, { 'x.png': '' }), /x\.png is empty/],
  ['a folder', asset({ ...photo, src: 'images' }), /images is not a file/],
  ['a URL', asset({ ...photo, src: 'https://a.b/x.png' }), /map URLs to files with the option resolve/],
  ['no source', asset(photo), /assets\[0\]\.src: is required/],
  ['a data: URI of nothing', asset({ ...photo, src: 'data:image/png;base64,@@' }), /the data: URI is empty/],
  [
    'a picture as a video',
    asset({ type: 'video', layerName: 'photo', src: 'images/mary.png' }),
    /it is of type image\/png, and the asset is of type video/,
  ],
  [
    'a misspelt property',
    asset({ ...accent, property: 'Effects->Fil->Color', value: [1, 0, 0] }),
    /Property 'Fil' not found in 'Effects' of layer 'accent'; did you mean 'Fill'/,
  ],
  [
    'a colour in words',
    asset({ ...accent, property: 'Effects->Fill->Color', value: 'red' }),
    /property 'Color' takes \[r, g, b\]/,
  ],
  [
    'a value out of its range',
    asset({ ...accent, property: 'Opacity', value: 900 }),
    /property 'Opacity' takes a number from 0 to 100/,
  ],
  [
    'neither value nor expression',
    asset({ ...accent, property: 'Opacity' }),
    /needs exactly one of value and expression/,
  ],
  [
    'an expression that is cut',
    asset({ ...accent, property: 'Opacity', expression: 'wiggle(2,' }),
    /expression: is no JavaScript/,
  ],
  [
    'an unknown function',
    asset({ type: 'function', name: 'nx:layer-hide', layerName: 'name' }),
    /'nx:layer-hide' is not a function; there are/,
  ],
  [
    'a param of a wrong type',
    asset({ type: 'function', name: 'nx:text-params-set', layerName: 'name', params: { fontSize: 'big' } }),
    /params\.fontSize: must be of type number/,
  ],
  ['a script', asset({ type: 'script', src: 'own.jsx' }, { 'own.jsx': '' }), /SCRIPTS_NOT_ALLOWED/],
  [
    'a field without a panel',
    asset({ type: 'essential', layerName: 'Title', value: 'x' }),
    /has no Essential Graphics panel; use assets of type text or data/,
  ],
  [
    'a static file that climbs',
    asset({ type: 'static', src: 'images/mary.png', name: '../../x.png' }),
    /assets\[0\]\.name: must not contain/,
  ],
  ['a nested job without a layer', asset({ type: 'job', template, assets: [] }), /assets\[0\]\.layerName: is required/],
];

const SHEETS: Case[] = [
  ['a quote without an end', sheet('name;photo\n"Ada;x\n'), /row 2: a cell begins with a quote that has no end/, 2],
  ['a quote within a cell', sheet('name,photo\nA"b,c\n'), /row 2: a quote stands within a cell/, 2],
  ['a header that stands twice', sheet('name;name\na;b\n'), /columns A and B have this header; which one counts/],
  [
    'a value without a header',
    sheet('name;;photo\na;b;images/mary.png\n'),
    /row 2: column B has a value here and no header/,
  ],
  [
    'a row with more cells than headers',
    sheet('name;photo\nb;images/mary.png;c\n'),
    /row 2: has 3 cells, and the header has 2/,
  ],
  ['a header alone', sheet('name;photo\n'), /names\.csv: holds no row but its header/],
  ['nothing', sheet(''), /names\.csv: is empty; its first row names the columns/],
  [
    'an encoding of Windows',
    sheet(Buffer.from('name\nMüller\n', 'latin1')),
    /if 'Müller' reads as it should, say so with --encoding windows-1252/,
    2,
  ],
  [
    'a column of no layer',
    sheet('nmae\na\n'),
    /column nmae: composition 'main' has no layer 'nmae'; did you mean 'name'/,
  ],
  [
    'a picture that is not there',
    sheet('photo\nimages/marry.png\n'),
    /row 2, column photo: 'images\/marry\.png' is not there; did you mean 'mary\.png'/,
  ],
  [
    'a colour that is none',
    sheet('accent->Effects->Fill->Color\nreddish\n'),
    /row 2, column accent->Effects->Fill->Color: 'reddish' is no colour/,
  ],
  ['a column of ours, misspelt', sheet('name;@tag\na;x\n'), /column @tag: is no column of ours; did you mean '@tags'/],
  [
    'no template, once',
    { files: { 'names.csv': 'name\na\n' }, args: ['check', 'names.csv'] },
    /✗ names\.csv: no template is named: give --template, .*\n0 of 1/,
  ],
  [
    'no composition',
    { files: { 'names.csv': 'name\na\n' }, args: ['check', 'names.csv', '--template', template.src] },
    /no composition is named: give --composition/,
  ],
  ['a key that is no column', sheet('name\na\n', '--key', 'id'), /the key column 'id' is not there; there are 'name'/],
  [
    'a key that stands twice',
    sheet('name;# id\na;1\nb;1\n', '--key', '# id'),
    /row 3, column # id: '1' is the key of row 2 as well/,
  ],
  [
    'a name of no column',
    sheet('name\na\n', '--name', '{nmae}'),
    /names 'nmae', which is no column; did you mean 'name'/,
  ],
  [
    'two films of one name',
    sheet('name\na\na\n', '--name', '{name}'),
    /row 3: the file name 'a' is that of row 2 as well \[OUTPUT_EXISTS\]/,
  ],
  ['an unknown codec', sheet('name\na\n', '--codec', 'h265'), /--codec 'h265' is unknown; did you mean/, 2],
  ['stills of no frame', sheet('name\na\n', '--codec', 'image_png'), /--frames is missing: image_png makes stills/, 2],
  ['frames in words', sheet('name\na\n', '--frames', 'all'), /--frames must be a frame or the first and last/, 2],
  [
    'a delimiter of three letters',
    sheet('name\na\n', '--delimiter', 'abc'),
    /--delimiter must be one character, or 'tab'; got 'abc'/,
    2,
  ],
  [
    'an unknown encoding',
    sheet('name\na\n', '--encoding', 'klingon'),
    /the encoding 'klingon' is unknown; name it as browsers do/,
    2,
  ],
  ['a mapping that is no JSON', mapped('{ template: '), /names\.rows\.json cannot be read: line 1, column 3/, 2],
  [
    'a misspelt key of a mapping',
    mapped({ templat: template.src }),
    /does not take 'templat'; did you mean 'template'/,
    2,
  ],
  [
    'a mapping of a column that is not there',
    mapped({ ...template, template: template.src, src: undefined, columns: { Vorname: 'name' } }),
    /the mapping names a column 'Vorname', which the sheet does not have/,
  ],
  [
    'a line that is no JSON',
    { files: { 'n.jsonl': '{"name":"a"}\n{"name":\n' }, args: ['check', 'n.jsonl', ...SHEET] },
    /n\.jsonl cannot be read: line 2: is not JSON/,
    2,
  ],
  ['a workbook', { files: { 'n.xlsx': 'x' }, args: ['check', 'n.xlsx'] }, /is a workbook; save the sheet as CSV/, 2],
];

const CONFIGS: Case[] = [
  [
    'an unknown option',
    config('{"wrokers":2}'),
    /aerender-batch\.config\.json does not take 'wrokers'; did you mean 'workers'/,
  ],
  [
    'wrong types',
    config('{"workers":"two","aerender":{"timeouts":{"stall":-1}}}'),
    /workers in .* must be of type number, not string; aerender\.timeouts\.stall in .* must be greater than 0/,
  ],
  [
    'a wrong codec',
    config('{"aerender":{"outputModules":{"h264":"x"}}}'),
    /aerender\.outputModules\.h264 in .* must be one of video_h264/,
  ],
  ['a comma too many', config('{"workers":2,,}'), /cannot be read: line 1, column 14/],
  ['an array', config('[]'), /must hold an object with the options/],
  [
    'a program that throws',
    config('throw new Error("no licence server")', 'aerender-batch.config.mjs'),
    /cannot be read: line 1: no licence server/,
  ],
  [
    'a program that exports nothing',
    config('const a = 1;', 'empty.mjs', '--config', 'empty.mjs'),
    /it has no default export; write `export default/,
  ],
  [
    'a program with a fault',
    config('export default {\n  workers: 2\n  retries: 3\n}', 'c.mjs', '--config', 'c.mjs'),
    /c\.mjs cannot be read: line 3: Unexpected identifier 'retries'/,
  ],
  ['a file that is not there', call('list', '--config', 'no.json'), /no\.json is not there/],
  ['another format', config('workers: 2', 'c.yaml', '--config', 'c.yaml'), /c\.yaml must be a \.ts, /],
  ['a folder', call('list', '--config', 'templates'), /templates is a folder, not a file/],
];

const CALLS: Case[] = [
  ['an unknown option', call('list', '--jsn'), /unknown option '--jsn'\n\(Did you mean --json\?\)/],
  ['an unknown command', call('rendr', 'x'), /unknown command 'rendr'\n\(Did you mean render\?\)/],
  ['no file', call('render'), /missing required argument 'file'/],
  ['two files', call('render', 'a.json', 'b.json'), /Expected 1 argument but got 2/],
  ['an option without its value', call('list', '--workers'), /option '--workers <n>' argument missing/],
  ['workers in words', call('list', '--workers', 'two'), /--workers must be a whole number, not 'two'/],
  ['no workers', call('list', '--workers', '0'), /--workers must be at least 1/],
  ['fewer than no retries', call('list', '--retries', '-1'), /--retries must be at least 0/],
  ['an unknown renderer', call('list', '--renderer', 'ae'), /--renderer must be one of auto, after-effects, bundled/],
  [
    'an aerender without a version',
    call('list', '--aerender', '/x/aerender'),
    /--aerender must be a version and a path/,
  ],
  ['two forms of output', call('render', 'batch.json', '--json', '--events'), /--events and --json exclude each other/],
  [
    'two kinds of ends',
    call('retry', '--failed', '--cancelled'),
    /option '--failed' cannot be used with option '--cancelled'/,
  ],
  [
    '--explain alone',
    { files: { 'names.csv': 'a\n1\n' }, args: ['render', 'names.csv', '--explain'] },
    /says why --resume renders a row: give both/,
  ],
  ['a flag of sheets', job({}, '--name', 'x'), /batch\.json is no sheet .*and --name is for sheets alone/],
  ['an age in words', call('prune', '--older-than', 'soon'), /--older-than must be an age such as 12h/],
  ['no age', call('prune'), /required option '--older-than <age>' not specified/],
  [
    'an id that is none',
    call('status', '123'),
    /The batch id must be an id of 26 capital letters and digits, not '123'/,
  ],
  [
    'a batch that nobody knows',
    call('cancel', ID),
    /No jobs exist with the batch id .*Look it up with: aerender-batch list/,
  ],
  ['a job that nobody knows', call('logs', ID), /No job has the id .*aerender-batch status/],
  ['nothing to try again', call('retry'), /No batch was rendered here yet/],
  [
    'a template that is not there',
    call('templates', 'show', 'promo.aep'),
    /promo\.aep is not there.*TEMPLATE_NOT_FOUND/,
  ],
  ['a template to add that is not there', call('templates', 'add', 'promo.aep'), /promo\.aep is not there/],
  ['a type that is none', call('templates', 'add', template.src, '--type', 'psd'), /Allowed choices are aep, aepx/],
  ['an export of a document', call('templates', 'export', template.src), /is a Lottie document, and not a project/],
  [
    'an export to another format',
    call('templates', 'export', 'templates/business-card.aep', 'x.txt'),
    /x\.txt must be a \.json or a \.lottie file/,
  ],
  [
    'a font that is none',
    { files: { 'x.ttf': 'hello' }, args: ['fonts', 'add', 'x.ttf'] },
    /x\.ttf cannot be used: it is neither a TrueType nor an OpenType font.*FONT_INVALID/,
  ],
  ['a font that is not there', call('fonts', 'add', 'nope.ttf'), /nope\.ttf cannot be used: it is not there/],
  [
    'a batch file that is there',
    { files: { 'batch.json': '{}' }, args: ['init', template.src] },
    /batch\.json is there already; name another file/,
  ],
  [
    'a composition that is not there',
    call('init', template.src, '--composition', 'mian'),
    /no such composition; did you mean 'main'/,
  ],
  [
    'a database that is none',
    { files: { 'x.db': 'this is a text and no database at all' }, args: ['list', '--db', 'x.db'] },
    /x\.db is not a database of aerender-batch.*DATABASE_INVALID/,
  ],
  ['a database that is not there', call('list', '--db', 'no/x.db'), /--db .*no\/x\.db is not there; check the path/],
  [
    'a report in no folder',
    { files: { 'b.json': json({ jobs: [{ template }] }) }, args: ['render', 'b.json', '--report', 'no/x.html'] },
    /--report cannot go to no\/x\.html: it is in a folder that is not there/,
  ],
];

/** What no message may have in it: stacks, words of libraries, the system's own names for its errors. */
const INNER_WORDS =
  /\n\s+at |Invalid (input|key)|received|\bzod\b|ENOENT|EEXIST|EISDIR|node:internal|undefined|\[object/;

describe('a wrong input is answered with its place, what is wrong and what to do', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aerender-batch-test-'));
    await cp(SAMPLES, join(folder, 'templates'), { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function run({ files = {}, args }: Call): Promise<Ended & { left: string[] }> {
    const given = Object.entries(files).filter(([name]) => !name.includes('://'));
    for (const [name, content] of given) await writeFile(join(folder, name), content);
    const before = await readdir(folder);
    try {
      const ended = await runCommand(args, folder);
      const left = (await readdir(folder)).filter((name) => !before.includes(name));
      return { ...ended, left };
    } finally {
      for (const name of await readdir(folder))
        if (name !== 'templates') await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  const groups: [name: string, exitCode: 1 | 2, cases: Case[]][] = [
    ['as a batch file', 2, BATCH_FILES],
    ['in a job', 1, JOBS],
    ['as a template', 1, TEMPLATES],
    ['as an asset', 1, ASSETS],
    ['in a sheet', 1, SHEETS],
    ['in a config file', 2, CONFIGS],
    ['on the command line', 2, CALLS],
  ];
  for (const [group, usual, cases] of groups)
    describe(group, () => {
      for (const [what, input, says, exitCode = usual] of cases)
        it(what, async () => {
          const ended = await run(input);
          assert.match(ended.text, says);
          assert.equal(ended.exitCode, exitCode, ended.text);
          assert.doesNotMatch(ended.text, INNER_WORDS);
          // What commander says of a call has no code; everything else has one of the table.
          const codes = [...ended.text.matchAll(/\[([A-Z_]+)\]$/gm)].map(([, code = '']) => code);
          if (!/^error: /m.test(ended.text))
            assert.ok(codes.length > 0 || ended.text.includes('errorCode'), ended.text);
          for (const code of codes) assert.ok(Object.hasOwn(ERROR_CODES, code), code);
          assert.deepEqual(ended.left, [], 'nothing is left behind');
        });
    });
});
