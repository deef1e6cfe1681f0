import { undrawnWarning } from '../../fonts/choose.ts';
import { charactersOf, hasRightToLeft, isInvisible } from '../../fonts/writing-systems.ts';
import type { LottieAsset, LottieDocument, LottieFont } from '../document/index.ts';
import { drawnText } from '../normalise/index.ts';
import { isShrunkIntoBox, type LottieText } from '../object-model/text-document.ts';
import { shownText } from './draw-texts.ts';
import type { ChosenFont, ProjectFonts } from './fonts.ts';
import { startSkia } from './frames.ts';
import { type GlyphDrawing, type GlyphEntry, GlyphFont } from './glyph-font.ts';
import { glyphPicture } from './glyph-pictures.ts';
import { shapesOf } from './glyph-shapes.ts';
import { isJustified, justify, type StyledCluster } from './justify.ts';
import { OwnGlyphs } from './own-glyphs.ts';
import { Paragraph } from './paragraph.ts';
import { SkiaGeometry } from './path-operations.ts';
import { type GlyphCluster, ShapingFont } from './shaping-font.ts';
import { ShapingFonts } from './shaping-fonts.ts';
import { type GlyphStyle, glyphStyle, PLAIN, paintItems, styledShapes } from './styled-glyphs.ts';
import { boxOf, dropsOf, shrink, widen } from './text-box.ts';
import type { LaidCluster } from './text-layout.ts';
import { baseStyle, fontNamesOf, type RunStyle, type StyledPart, styledParagraphs, styledParts } from './text-runs.ts';

type Face = ShapingFont | OwnGlyphs;
type SkiaModule = Awaited<ReturnType<typeof startSkia>>;

interface TextsToShape {
  document: LottieDocument;
  texts: readonly LottieText[];
  /** Those of the texts. */
  fonts: readonly LottieFont[];
  projectFonts: ProjectFonts;
  chosen: ReadonlyMap<string, ChosenFont>;
}

/** What the document needs for its shaped texts. */
interface ShapedTexts {
  list: LottieFont[];
  glyphs: GlyphEntry[];
  /** The pictures of glyphs that have colours of their own. */
  pictures: Map<LottieAsset, Uint8Array>;
  compositions: LottieAsset[];
  /** Fonts whose glyphs the document brings. */
  withoutFile: ReadonlySet<LottieFont>;
  /** Sentences about characters that another font draws, or none. */
  warnings: string[];
}

/**
 * Shapes the texts that Skia cannot draw: with characters of several fonts or styles, with letters that are read from the
 * right, or with glyphs that the document brings. Each gets a font of its own, which has the shaped glyphs. The others are left.
 */
export async function shapeTexts({ document, texts, fonts, projectFonts, chosen }: TextsToShape): Promise<ShapedTexts> {
  const glyphs = new Map(fonts.map((font) => [font, OwnGlyphs.of(document, font)]));
  const shapingFonts = await ShapingFonts.open(projectFonts);
  const writer = new TextWriter(shapingFonts, chosen, await startSkia());
  const lacking = await shapingFonts.findSubstitutes(
    texts.map((text) => ({ text: text.t ?? '', fonts: fontNamesOf(text) })),
    fonts,
    chosen,
  );
  for (const text of texts) {
    const font = fonts.find(({ fName }) => fName === text.f);
    if (font !== undefined) writer.write(text, font, glyphs.get(font) ?? null);
  }
  const withoutFile = new Set(fonts.filter((font) => glyphs.get(font) !== null));
  return { ...writer.finish(), withoutFile, warnings: [...lacking, ...writer.warnings()] };
}

/** From these sizes on a picture of a glyph has enough pixels, and more would only cost memory. */
const LEAST_PIXELS = 128;
const MOST_PIXELS = 512;
/** A composition of a glyph is there at any time. */
const ALWAYS = 1e6;
const NO_FONT: OwnGlyphs | null = null;

class TextWriter {
  readonly #fonts: ShapingFonts;
  readonly #chosen: ReadonlyMap<string, ChosenFont>;
  readonly #skia: SkiaModule;
  readonly #geometry: SkiaGeometry;
  readonly #glyphFonts = new Map<string, GlyphFont[]>();
  readonly #faceNumbers = new Map<Face, number>();
  readonly #pictures = new Map<LottieAsset, Uint8Array>();
  readonly #compositions: LottieAsset[] = [];
  /** The characters that no font has, by the font that they were written in. */
  readonly #undrawn = new Map<string, Set<string>>();

  constructor(fonts: ShapingFonts, chosen: ReadonlyMap<string, ChosenFont>, skia: SkiaModule) {
    this.#fonts = fonts;
    this.#chosen = chosen;
    this.#skia = skia;
    this.#geometry = new SkiaGeometry(skia);
  }

  write(text: LottieText, font: LottieFont, glyphs: OwnGlyphs | null): void {
    const face = this.#fonts.face(font.fName);
    if (face === null || (text.s ?? 0) <= 0) return;
    // Glyphs that a document brings have the looks of its text; a project brings none.
    const styled = glyphs === null ? styledParts(text) : null;
    const facesOfRuns = new Map<string, (character: string) => ShapingFont>();
    const faceFor = (character: string, { style }: StyledPart): Face => {
      if (glyphs !== null && [...character].every((part) => glyphs.has(part) || isInvisible(part))) return glyphs;
      const ofRun = facesOfRuns.get(style.font) ?? this.#facesOfRun(style.font, font, face);
      facesOfRuns.set(style.font, ofRun);
      return ofRun(character);
    };
    const parts = styled ?? [{ text: text.t ?? '', style: baseStyle(text) }];
    if (styled === null && glyphs === NO_FONT && this.#isPlain(text, parts, face, faceFor)) return;
    this.#writeLines(
      text,
      styledParagraphs(parts, drawnText).map((line) => new Paragraph(line, faceFor)),
      { font, face },
    );
  }

  /** Whether Skia draws the text by itself. */
  #isPlain(
    text: LottieText,
    [part]: readonly StyledPart[],
    face: ShapingFont,
    faceFor: (character: string, part: StyledPart) => Face,
  ): boolean {
    const shown = shownText(text);
    if (part === undefined || hasRightToLeft(shown)) return part === undefined;
    return charactersOf(shown).every((character) => faceFor(character, part) === face);
  }

  /** All lines of a text in a box are broken here. */
  #writeLines(
    text: LottieText,
    paragraphs: readonly Paragraph<Face>[],
    { font, face }: { font: LottieFont; face: ShapingFont },
  ): void {
    const { j = 0 } = text;
    const box = boxOf(text);
    // Skia breaks the lines of a box by the advances of its letters: there their tracking is part of them.
    const base = { ...baseStyle(text), ...(box === null ? {} : { tracking: 0 }) };
    const looks = lookedUp((style: RunStyle, drop: number) => glyphStyle(style, base, drop));
    const widthOf = (cluster: GlyphCluster, { style }: StyledPart, isLast: boolean) => {
      const { space } = looks(style, 0);
      return advanceOf(cluster, looks(style, 0)) - (isLast ? space : 0);
    };
    const linesIn = (room: number) =>
      paragraphs.flatMap((paragraph) => {
        const whole = { start: 0, end: paragraph.text.length };
        const stretches = box === null ? [whole] : paragraph.lines(room, widthOf);
        return stretches.map((stretch) => ({ paragraph, stretch, isLast: stretch.end === whole.end }));
      });
    if (box !== null && isShrunkIntoBox(text))
      shrink(text, { box, base, line: face.ascent + face.descent }, (room) => linesIn(room).length);
    const room = box === null ? Number.POSITIVE_INFINITY : box.width / (text.s ?? base.size);
    const lines = linesIn(room);
    const clusters = paragraphs.reduce((sum, paragraph) => sum + paragraph.text.length, 0) + lines.length;
    const glyphFont = this.#fontFor(font, face, clusters);
    const parts = lines.map(({ paragraph, stretch }) => paragraph.partsOf(stretch));
    const drops = dropsOf(parts, base, box === null ? 0 : glyphFont.ascent / 100);
    text.t = lines
      .map(({ paragraph, stretch, isLast }, at) => {
        const laid = paragraph.layout(stretch).map((one): StyledCluster<Face> => {
          const style = looks(paragraph.partAt(one.cluster.start).style, drops[at] ?? 0);
          return { ...one, style };
        });
        // Tracking stands between letters: that of the last one would move a line that is not set from the left.
        const last = box === null ? undefined : laid.at(-1);
        if (last !== undefined && last.style.space !== 0) last.style = { ...last.style, space: 0 };
        const width = laid.reduce((sum, { cluster, style }) => sum + advanceOf(cluster, style), 0);
        const before = box !== null && isJustified(j) ? justify(laid, { j, slack: room - width, isLast }) : 0;
        const indent =
          before === 0 ? '' : glyphFont.characterOf(`space ${before}`, null, before, () => ({ shapes: [] }));
        return indent + laid.map((cluster) => this.#characterOf(glyphFont, cluster, text)).join('');
      })
      .join('\r');
    Object.assign(text, {
      f: glyphFont.name,
      ca: 0,
      ...(box === null ? {} : { tr: 0 }),
      ...(isJustified(j) ? { j: 0 } : {}),
    });
    if (box !== null) widen(text, box);
    delete text.ae;
  }

  #facesOfRun(name: string, font: LottieFont, face: ShapingFont): (character: string) => ShapingFont {
    const own = name === font.fName ? null : this.#fonts.face(name);
    return own === null ? this.#facesOf(font, face) : this.#facesOf({ ...font, fName: name, fFamily: name }, own);
  }

  /** Which font draws a character of a text in this one. */
  #facesOf(font: LottieFont, face: ShapingFont): (character: string) => ShapingFont {
    const own = { face, weight: this.#chosen.get(font.fName)?.weight ?? 400 };
    return (character) => {
      const found = this.#fonts.faceFor(character, own);
      if (found === null) this.#note(font, character);
      return found ?? face;
    };
  }

  /** What is missing in every font, for each font that was asked. */
  warnings(): string[] {
    return [...this.#undrawn].map(([font, characters]) => undrawnWarning([...characters], font));
  }

  /** What the texts are now drawn with. */
  finish(): Pick<ShapedTexts, 'list' | 'glyphs' | 'pictures' | 'compositions'> {
    const glyphFonts = [...this.#glyphFonts.values()].flat();
    return {
      list: glyphFonts.map(({ listed }) => listed),
      glyphs: glyphFonts.flatMap(({ entries }) => entries),
      pictures: this.#pictures,
      compositions: this.#compositions,
    };
  }

  #note({ fFamily, fName, fStyle }: LottieFont, character: string): void {
    const name = `${fFamily || fName} ${fStyle}`.trim();
    this.#undrawn.set(name, (this.#undrawn.get(name) ?? new Set()).add(character));
  }

  #fontFor(font: LottieFont, face: ShapingFont, clusters: number): GlyphFont {
    const fonts = this.#glyphFonts.get(font.fName) ?? [];
    this.#glyphFonts.set(font.fName, fonts);
    const last = fonts.at(-1);
    if (last !== undefined && last.room >= clusters) return last;
    const ascent = typeof font.ascent === 'number' ? font.ascent : 100 * face.ascent;
    const made = new GlyphFont(`${font.fName} (shaped ${fonts.length + 1})`, ascent);
    fonts.push(made);
    return made;
  }

  #characterOf(glyphFont: GlyphFont, laid: StyledCluster<Face>, text: LottieText): string {
    const { face, cluster, style } = laid;
    const places = cluster.glyphs.map(({ id, x, y }) => `${id},${x.toFixed(4)},${y.toFixed(4)}`);
    const looks = style === PLAIN ? '' : JSON.stringify(style);
    const key = `${this.#numberOf(face)}:${places.join(' ')}:${cluster.advance.toFixed(4)}${looks}`;
    const own = ownCharacter(laid);
    const advance = advanceOf(cluster, style);
    // The same glyph has two characters if it stands in a line that Skia breaks, and in one that is read from the right.
    return glyphFont.characterOf(`${own} ${key}`, own, advance, () => this.#draw(laid, text, style));
  }

  #numberOf(face: Face): number {
    const number = this.#faceNumbers.get(face) ?? this.#faceNumbers.size;
    this.#faceNumbers.set(face, number);
    return number;
  }

  #draw({ face, cluster }: LaidCluster<Face>, { s: size = 0 }: LottieText, style: GlyphStyle): GlyphDrawing {
    if (face instanceof OwnGlyphs) return { shapes: face.shapes(cluster) };
    if (!face.isColored) return this.#painted(shapesOf(face, cluster), size, style);
    const [across, up] = style.scale;
    const pixels = Math.min(MOST_PIXELS, Math.max(LEAST_PIXELS, 2 * size));
    const picture = glyphPicture(this.#skia, face, cluster, pixels);
    if (picture === null) return { shapes: shapesOf(face, cluster) };
    const { png, width, height, left, top, scale } = picture;
    const id = `glyph ${this.#pictures.size}`;
    const percent = scale * 100 * 100;
    const image: LottieAsset = { id: `${id} picture`, w: width, h: height, u: '', p: `${id}.png`, e: 0 };
    this.#pictures.set(image, png);
    const box = { w: Math.ceil((width * percent) / 100), h: Math.ceil((height * percent) / 100) };
    const times = { ip: -ALWAYS, op: ALWAYS, st: 0, sr: 1 };
    const layer = { ty: 2, nm: id, refId: image.id, ...times, ks: placed([0, 0], [percent, percent]) };
    this.#compositions.push({ id, ...box, layers: [layer] } as LottieAsset);
    const corner = [left * across * 100, (top * up - style.rise) * 100];
    return { layer: { refId: id, ...times, ks: placed(corner, [across * 100, up * 100]) } };
  }

  /** A glyph in colours of its own is a composition, which the paint of its text leaves alone. */
  #painted(shapes: object[], size: number, style: GlyphStyle): GlyphDrawing {
    if (style === PLAIN) return { shapes };
    const changed = styledShapes(shapes, style, this.#geometry);
    if (style.paint === null || changed.length === 0) return { shapes: changed };
    const middle = MARGIN * Math.max(1, ...style.scale, Math.abs(style.rise));
    const id = `glyph shape ${this.#compositions.length}`;
    const times = { ip: -ALWAYS, op: ALWAYS, st: 0, sr: 1 };
    const items = [...changed, ...paintItems(style.paint, size)];
    const layer = { ty: 4, nm: id, ...times, ks: placed([middle, middle], [100, 100]), shapes: items };
    this.#compositions.push({ id, w: 2 * middle, h: 2 * middle, layers: [layer] } as unknown as LottieAsset);
    return { layer: { refId: id, ...times, ks: placed([-middle, -middle], [100, 100]) } };
  }
}

/** Room around the origin of a glyph, in hundredths of an em. */
const MARGIN = 300;

function placed([x = 0, y = 0]: number[], [across = 100, up = 100]: number[]) {
  return {
    ...{ p: { a: 0, k: [x, y, 0] }, s: { a: 0, k: [across, up, 100] } },
    ...{ a: { a: 0, k: [0, 0, 0] }, r: { a: 0, k: 0 }, o: { a: 0, k: 100 } },
  };
}

/** What is asked for each letter is worked out once for each style and line. */
function lookedUp(work: (style: RunStyle, drop: number) => GlyphStyle): typeof work {
  const known = new Map<RunStyle, Map<number, GlyphStyle>>();
  return (style, drop) => {
    const ofStyle = known.get(style) ?? new Map<number, GlyphStyle>();
    known.set(style, ofStyle);
    const looks = ofStyle.get(drop) ?? work(style, drop);
    ofStyle.set(drop, looks);
    return looks;
  };
}

/** In em of the text. */
function advanceOf({ advance }: GlyphCluster, { scale, space }: GlyphStyle): number {
  return advance * scale[0] + space;
}

const UNSHAPED =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Nd}\p{P}\p{Sm}\p{Sc}\p{Zs}]$/u;

/** The character itself, of a glyph that stands for one: Skia then breaks lines and words where they are to be broken. */
function ownCharacter({ face, cluster, text, isRightToLeft }: LaidCluster<Face>): string | null {
  if (text === ' ') return text;
  const isOne = text.length === 1 && cluster.glyphs.length === 1 && UNSHAPED.test(text);
  return isOne && !isRightToLeft && !(face instanceof ShapingFont && face.isColored) ? text : null;
}
