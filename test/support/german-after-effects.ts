import { runInContext } from 'node:vm';
import { extendScriptRealm } from './extendscript.ts';

/** As much of After Effects' object model as setting a value takes, with the names that a German After Effects shows. */

const PropertyType = { PROPERTY: 6212, NAMED_GROUP: 6213, INDEXED_GROUP: 6214 };

class FakeComp {
  readonly name = 'main';
  readonly usedIn = [];
  readonly numLayers = 1;
  readonly layer: () => FakeGroup;

  constructor(layer: FakeGroup) {
    this.layer = () => layer;
  }
}

interface FakeProperty {
  name: string;
  matchName: string;
  propertyType: number;
  numKeys: number;
  value: unknown;
  setValue(value: unknown): void;
}

interface FakeGroup {
  name: string;
  matchName: string;
  propertyType: number;
  numProperties: number;
  property(index: number): FakeGroup | FakeProperty | undefined;
}

function property(name: string, matchName: string): FakeProperty {
  const { PROPERTY } = PropertyType;
  return {
    ...{ name, matchName, propertyType: PROPERTY, numKeys: 0, value: null },
    setValue(value) {
      this.value = value;
    },
  };
}

function group(name: string, matchName: string, ...members: (FakeGroup | FakeProperty)[]): FakeGroup {
  const { NAMED_GROUP } = PropertyType;
  return {
    ...{ name, matchName, propertyType: NAMED_GROUP, numProperties: members.length },
    property: (index) => members[index - 1],
  };
}

/** A layer in a German After Effects: what it names itself is German, what the user or a plug-in named is not. */
function germanLayer() {
  const logoOpacity = property('Deckkraft', 'ADBE Vector Group Opacity');
  const logo = group(
    'Logo',
    'ADBE Vector Group',
    group('Inhalt', 'ADBE Vectors Group'),
    group('Transformieren', 'ADBE Vector Transform Group', logoOpacity),
  );
  const position = property('Position', 'ADBE Position');
  const rotation = property('Z-Drehung', 'ADBE Rotate Z');
  const opacity = property('Deckkraft', 'ADBE Opacity');
  const effectOpacity = property('Opacity', 'Plugin-0001');
  const effectCompositing = property('Effektdeckkraft', 'ADBE Effect Mask Opacity');
  const essential = property('Scale', 'ADBE Layer Override 1');
  const scale = property('Skalierung', 'ADBE Scale');
  const layer = group(
    'hero',
    'ADBE AV Layer',
    group(
      'Effekte',
      'ADBE Effect Parade',
      group(
        'Shine',
        'Plugin',
        effectOpacity,
        group('Kompositionsoptionen', 'ADBE Effect Built In Params', effectCompositing),
      ),
    ),
    group('Transformieren', 'ADBE Transform Group', position, scale, rotation, opacity),
    group('Inhalt', 'ADBE Root Vectors Group', logo),
    group('Essenzielle Eigenschaften', 'ADBE Layer Overrides', essential),
  );
  return { layer, logoOpacity, position, rotation, opacity, effectOpacity, effectCompositing, essential, scale };
}

/** Runs a script on the composition "main" with its only layer "hero"; returns the values of the properties afterwards. */
export function runInGerman(script: string): Record<string, unknown> {
  const { layer, ...properties } = germanLayer();
  const comp = new FakeComp(layer);
  const realm = extendScriptRealm({
    app: { project: { numItems: 1, item: () => comp } },
    CompItem: FakeComp,
    PropertyType,
    PropertyValueType: { TEXT_DOCUMENT: 6423, COLOR: 6418 },
  });
  runInContext(script, realm);
  return Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value]));
}
