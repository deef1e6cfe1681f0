import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseLottie } from '../../../lib/lottie/document/index.ts';
import { ProjectFonts } from '../../../lib/lottie/renderer/fonts.ts';
import { cacheFolder } from './cache.ts';
import type { JudgedDocument } from './documents.ts';

/** The parts of Playwright that are used; it is installed into a folder of its own, not into the project. */
interface Page {
  close(): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  setContent(html: string): Promise<void>;
  addScriptTag(tag: { content: string }): Promise<unknown>;
  route(pattern: string, handle: (route: Route) => Promise<void>): Promise<void>;
  evaluate(expression: string): Promise<unknown>;
  screenshot(options: { omitBackground: boolean }): Promise<Buffer>;
}

interface Route {
  request(): { url(): string };
  continue(): Promise<void>;
  abort(): Promise<void>;
}

interface Browser {
  newPage(options: object): Promise<Page>;
  isConnected(): boolean;
  close(): Promise<void>;
}

const PACKAGES = ['lottie-web@5.13.0', 'playwright-core@^1.50.0'];
const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PLAYER = readFileSync(new URL('./player.js', import.meta.url), 'utf8');
const HTML =
  '<!doctype html><style>*{margin:0;padding:0}html,body{background:transparent;overflow:hidden}svg{display:block}</style><div id="c"></div>';

/** Why lottie-web cannot judge here; null if it can. */
export function missingReference(): string | null {
  return chromium() === undefined ? 'no Chromium (apt-get install chromium, or CHROMIUM=<path>)' : null;
}

function chromium(): string | undefined {
  const named = process.env.CHROMIUM;
  return [...(named === undefined ? [] : [named]), ...CHROMIUMS].find((path) => existsSync(path));
}

/** Installs the player once, into a folder that is kept between runs, with the pictures that it has drawn. */
function playerFolder(): string {
  const folder = cacheFolder();
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  if (!existsSync(join(folder, 'node_modules/lottie-web'))) {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...PACKAGES], { cwd: folder, stdio: 'ignore' });
  }
  return folder;
}

/** Draws documents with lottie-web's svg renderer in a headless Chromium, each picture once for all runs. */
export class ReferencePlayer implements AsyncDisposable {
  readonly #folder = playerFolder();
  readonly #player: string;
  #browser: Browser | null = null;
  #fonts: ProjectFonts | null = null;

  constructor() {
    this.#player = readFileSync(join(this.#folder, 'node_modules/lottie-web/build/player/lottie.js'), 'utf8');
  }

  /** The pictures of the document's moments, in their order; null if the player cannot draw it. */
  async draw(document: JudgedDocument): Promise<string[] | null> {
    const paths = document.frames.map((frame) => join(this.#folder, 'pictures', `${document.hash}-${frame}.png`));
    const failed = join(this.#folder, 'pictures', `${document.hash}.failed`);
    if (paths.every((path) => existsSync(path))) return paths;
    if (existsSync(failed)) return null;
    try {
      await this.#play(document, paths);
      return paths;
    } catch (error) {
      if (this.#browser?.isConnected() !== true) throw error;
      // The player's own failure lasts; that of the browser says nothing of the document.
      writeFileSync(failed, String(error));
      return null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close();
  }

  async #play({ path, frames, width, height }: JudgedDocument, into: readonly string[]): Promise<void> {
    const bytes = readFileSync(path);
    const json = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
    const hasGlyphs = Array.isArray(json.chars) && json.chars.length > 0;
    const page = await this.#page();
    try {
      await page.setViewportSize({ width: Math.max(1, width), height: Math.max(1, height) });
      const faces = hasGlyphs ? [] : await this.#faces(bytes, json);
      await page.evaluate(`openAnimation(${JSON.stringify({ json, faces, width, height })})`);
      for (const [index, frame] of frames.entries()) {
        await page.evaluate(`showFrame(${frame})`);
        writeFileSync(into[index] ?? '', await page.screenshot({ omitBackground: true }));
      }
    } finally {
      await page.close();
    }
  }

  async #page(): Promise<Page> {
    this.#browser ??= await this.#launch();
    const page = await this.#browser.newPage({ deviceScaleFactor: 1 });
    await page.route('**/*', (route) =>
      /^(about|data):/.test(route.request().url()) ? route.continue() : route.abort(),
    );
    await page.setContent(HTML);
    for (const content of [this.#player, PLAYER]) await page.addScriptTag({ content });
    return page;
  }

  async #launch(): Promise<Browser> {
    const playwright = createRequire(join(this.#folder, 'package.json'))('playwright-core') as {
      chromium: { launch(options: object): Promise<Browser> };
    };
    return await playwright.chromium.launch({
      executablePath: chromium(),
      args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'],
    });
  }

  /** The same font files that the bundled renderer draws with, in the place of the listed ones. */
  async #faces(bytes: Buffer, json: { fonts?: { list?: Record<string, unknown>[] } }): Promise<object[]> {
    const list = json.fonts?.list ?? [];
    if (list.length === 0) return [];
    this.#fonts ??= await ProjectFonts.open('nowhere');
    const document = parseLottie(bytes);
    const chosen = await this.#fonts.choose(document, document.fonts?.list.map(({ fName }) => fName) ?? []);
    return list.flatMap((font, index) => {
      const file = chosen.get(String(font.fName))?.path;
      Object.assign(font, { fPath: '', origin: 0 });
      if (file === undefined) return [];
      Object.assign(font, { fFamily: `face${index}`, fStyle: 'Regular', fWeight: '' });
      return [{ family: `face${index}`, data: readFileSync(file).toString('base64') }];
    });
  }
}
