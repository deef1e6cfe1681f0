import type { ASSETS, AssetInput } from '../assets/asset.ts';
import type { FUNCTIONS, FunctionName } from '../assets/function.ts';
import type { LayerKind } from '../contract/formats.ts';
import type { JobCreationInput } from './request.ts';

/** A template's compositions, with the kinds of their layers by name: what `aerender-batch templates types` writes. */
export type TemplateShape = Record<string, Record<string, LayerKind>>;

/** The kinds of layer that an asset of a type can change, as the type itself says. */
type Fitting<Type extends AssetInput['type']> = (typeof ASSETS)[Type]['fits'] extends readonly (infer Kind)[]
  ? Kind
  : LayerKind;

type NamesOf<Layers, Kind> = {
  [Name in keyof Layers & string]: Layers[Name] extends Kind ? Name : never;
}[keyof Layers & string];

type Without<Value, Key extends string> = Value extends unknown ? Omit<Value, Key> : never;

/** On a layer of the job's composition, or of another one that is named. */
type OnLayer<Shape extends TemplateShape, Composition extends keyof Shape & string, Kind> =
  | { layerName: NamesOf<Shape[Composition], Kind>; composition?: Composition }
  | {
      [Other in keyof Shape & string]: { layerName: NamesOf<Shape[Other], Kind>; composition: Other };
    }[keyof Shape & string];

type OneOrMany<Name> = Name | Name[];

/** The same for functions, which may name several layers, or name them within `params`. */
type OnLayers<Shape extends TemplateShape, Composition extends keyof Shape & string, Kind> =
  | { layerName?: OneOrMany<NamesOf<Shape[Composition], Kind>>; composition?: Composition }
  | {
      [Other in keyof Shape & string]: { layerName?: OneOrMany<NamesOf<Shape[Other], Kind>>; composition: Other };
    }[keyof Shape & string];

/** The kinds of layer that a function can change. */
type Changeable<Name extends FunctionName> = (typeof FUNCTIONS)[Name]['kinds'] extends readonly (infer Kind)[]
  ? Kind
  : LayerKind;

type FunctionOf<Shape extends TemplateShape, Composition extends keyof Shape & string> = {
  [Name in FunctionName]: Omit<Extract<AssetInput, { type: 'function' }>, 'name' | 'layerName' | 'composition'> & {
    name: `nx:${Name}` | `nx-${Name}`;
  } & OnLayers<Shape, Composition, Changeable<Name>>;
}[FunctionName];

type Targeted = Extract<AssetInput, { layerName?: unknown }>['type'];

type AssetOf<Shape extends TemplateShape, Composition extends keyof Shape & string> =
  | {
      [Type in Exclude<Targeted, 'function' | 'essential'>]: Without<
        Extract<AssetInput, { type: Type }>,
        'layerName' | 'layerIndex' | 'composition'
      > &
        OnLayer<Shape, Composition, Fitting<Type>>;
    }[Exclude<Targeted, 'function' | 'essential'>]
  | FunctionOf<Shape, Composition>
  | Extract<AssetInput, { type: 'static' | 'script' | 'essential' }>;

/**
 * A job of one template: a misspelt composition or layer, or an asset on a layer of the wrong kind, does not compile. It
 * can stand wherever a `JobCreationInput` can.
 *
 * @example
 * // aerender-batch templates types invitation.json > invitation.ts
 * import type { Invitation } from '../contract/invitation.ts';
 *
 * const job: TemplateJob<Invitation> = {
 *   template: { id, composition: 'main' },
 *   assets: [{ type: 'text', layerName: 'name', value: 'Ada Lovelace' }],
 * };
 */
export type TemplateJob<Shape extends TemplateShape> = {
  [Composition in keyof Shape & string]: Omit<JobCreationInput, 'template' | 'assets'> & {
    template: ({ id: string; src?: string } | { id?: string; src: string }) & { composition: Composition };
    assets?: AssetOf<Shape, Composition>[];
  };
}[keyof Shape & string];
