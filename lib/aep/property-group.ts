import type { Chunk } from './chunks.ts';
import { displayName } from './display-names.ts';
import { type EffectDefinition, type EffectParameter, readEffectDefinition } from './effect-definition.ts';
import { nameIn, Property, type PropertyValue } from './property.ts';
import type { PropertyContext } from './property-context.ts';
import { defaultValue, parameterValue } from './property-defaults.ts';
import { readSwitches } from './property-layout.ts';

/** A property, or a group of them. */
export type PropertyBase = PropertyGroup | Property;

/** What was said of a group before it, or around it. */
interface Surroundings {
  mask: MaskInfo | null;
  effect: EffectDefinition | null;
  /** The name that an effect has where the user gave it none. */
  effectName: string;
}

const NO_SURROUNDINGS: Surroundings = { mask: null, effect: null, effectName: '' };

/**
 * A group of properties: a layer's transform, a mask, an effect, a vector group, …
 *
 * `LIST tdgp`: `tdsb` (switches), `tdsn` (name), and then of each property its match name in `tdmn` and what it is: a
 * list that is a property (property.ts) or a group, for an effect `LIST sspc` around the group, for a mask `mkif`
 * before it. It ends with the match name `ADBE Group End`. Properties at their defaults may be left out.
 * Source: LottieFiles/lottie-docs, docs/aep.md.
 */
export class PropertyGroup {
  readonly kind = 'group';
  readonly matchName: string;
  /** The switches of a mask, which are not properties; null of any other group. */
  readonly mask: MaskInfo | null;
  /** What the effect's controls are; null of a group that is not an effect, or whose definition is not there. */
  readonly effect: EffectDefinition | null;
  readonly #effectName: string;
  readonly #chunk: Chunk;
  readonly #context: PropertyContext;
  #properties: PropertyBase[] | null = null;

  constructor(chunk: Chunk, matchName: string, context: PropertyContext, around: Surroundings = NO_SURROUNDINGS) {
    this.#chunk = chunk;
    this.#context = context;
    this.matchName = matchName;
    this.mask = around.mask;
    this.effect = around.effect;
    this.#effectName = around.effectName;
  }

  /** The name that the user gave it; empty if it has the one that After Effects gives. */
  get ownName(): string {
    const tdsn = this.#chunk.first('tdsn');
    return tdsn === null ? '' : nameIn(tdsn);
  }

  get name(): string {
    return this.ownName || this.#effectName || this.effect?.name || displayName(this.matchName);
  }

  get enabled(): boolean {
    return readSwitches(this.#chunk.first('tdsb')).enabled;
  }

  /** The properties and groups within, in their order; read once. */
  properties(): readonly PropertyBase[] {
    this.#properties ??= [...this.#read()];
    return this.#properties;
  }

  /** The first of this match name or, where there is none, of this name; a path goes down group by group. */
  property(...path: [string, ...string[]]): PropertyBase | null {
    const [step, ...rest] = path;
    const children = this.properties();
    const found = children.find((child) => child.matchName === step) ?? children.find((child) => child.name === step);
    const [next, ...further] = rest;
    if (found === undefined || next === undefined) return found ?? null;
    return found.kind === 'group' ? found.property(next, ...further) : null;
  }

  /**
   * The value of the property of this match name right within: what the file has or, where it has none, the default of
   * After Effects or of the effect. Null if neither is known.
   */
  value(matchName: string): PropertyValue {
    const found = this.properties().find((child) => child.matchName === matchName);
    if (found?.kind === 'property') return found.value;
    const parameter = this.#parameter(matchName);
    if (parameter !== null) return parameterValue(parameter, this.#context);
    return defaultValue(matchName, this.#context) ?? null;
  }

  *#read(): Generator<PropertyBase> {
    let matchName = '';
    let mask: MaskInfo | null = null;
    for (const chunk of this.#chunk.children()) {
      if (chunk.id === 'tdmn') {
        matchName = chunk.text();
        mask = null;
      } else if (matchName === '' || matchName === 'ADBE Group End') {
        // The group's own switches and name, before the first property.
      } else if (chunk.id === 'mkif') {
        mask = readMaskInfo(chunk);
      } else if (chunk.id === 'tdgp') {
        yield new PropertyGroup(chunk, matchName, this.#context, { ...NO_SURROUNDINGS, mask });
      } else if (chunk.id === 'sspc') {
        const effect = this.#readEffect(chunk, matchName);
        if (effect !== null) yield effect;
      } else if (Property.reads(chunk)) {
        yield new Property(chunk, { matchName, context: this.#context, parameter: this.#parameter(matchName) });
      }
    }
  }

  #readEffect(sspc: Chunk, matchName: string): PropertyGroup | null {
    const group = sspc.first('tdgp');
    const effect = readEffectDefinition(sspc, matchName) ?? this.#context.effect(matchName);
    const effectName = sspc.first('fnam')?.text() ?? '';
    return group && new PropertyGroup(group, matchName, this.#context, { mask: null, effect, effectName });
  }

  #parameter(matchName: string): EffectParameter | null {
    return this.effect?.parameters.find((parameter) => parameter.matchName === matchName) ?? null;
  }
}

type MaskMode = 'NONE' | 'ADD' | 'SUBTRACT' | 'INTERSECT' | 'DARKEN' | 'LIGHTEN' | 'DIFFERENCE';

const MODES: readonly MaskMode[] = ['NONE', 'ADD', 'SUBTRACT', 'INTERSECT', 'DARKEN', 'LIGHTEN', 'DIFFERENCE'];

/** What of a mask is a switch and not a property. */
export interface MaskInfo {
  mode: MaskMode;
  inverted: boolean;
  locked: boolean;
  motionBlur: 'SAME_AS_LAYER' | 'OFF' | 'ON';
  featherFalloff: 'SMOOTH' | 'LINEAR';
}

/**
 * `mkif`: one byte each for inverted, locked, motion blur (0 as the layer, 1 off, 2 on) and feather falloff (1 linear),
 * 2 bytes, the mode in uint16 at 6; the rest is the mask's colour in the timeline and when it was made.
 * Source: py-aep (forticheprod).
 */
function readMaskInfo(mkif: Chunk): MaskInfo {
  const fields = mkif.fields(8);
  return {
    mode: MODES[fields?.getUint16(6) ?? 1] ?? 'ADD',
    inverted: fields?.getUint8(0) === 1,
    locked: fields?.getUint8(1) === 1,
    motionBlur: (['SAME_AS_LAYER', 'OFF', 'ON'] as const)[fields?.getUint8(2) ?? 0] ?? 'SAME_AS_LAYER',
    featherFalloff: fields?.getUint8(3) === 1 ? 'LINEAR' : 'SMOOTH',
  };
}
