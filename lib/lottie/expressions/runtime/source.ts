import { accepted, acceptedPath, acceptedText, numberIn } from './accepted.ts';
import { callable, memberNames, memberOf } from './callable.ts';
import { CompositionRef, Compositions } from './composition-ref.ts';
import * as conversion from './conversion.ts';
import { Engine } from './engine.ts';
import { Evaluation } from './evaluation.ts';
import { boundGlobals, currentGlobals, defineGlobals, plainGlobals } from './globals.ts';
import { forbiddenNames, freezeAll, harden } from './hardening.ts';
import * as interpolation from './interpolation.ts';
import { Key } from './key.ts';
import { LayerRef } from './layer-ref.ts';
import { LayerSpace } from './layer-space.ts';
import { looped } from './looping.ts';
import { MarkerKey, Markers } from './markers.ts';
import { after, inverse, mapped, placed } from './matrix.ts';
import { createPath, mixedPaths, PathValue, pairsOf, tangentsOf } from './path-value.ts';
import * as way from './path-way.ts';
import { propertyOf } from './property-of.ts';
import { PropertyRef } from './property-ref.ts';
import * as values from './property-values.ts';
import * as random from './random.ts';
import { rawDistance, rawMoved, rawSteps } from './raw-values.ts';
import { alongPath, around, combined, cubicAt, ShapeBounds, turned } from './shape-bounds.ts';
import { Track } from './track.ts';
import { compactName, GroupRef, memberAt, numberInName, PropertyTree, playersGroups, unnumbered } from './tree.ts';
import * as vectors from './vectors.ts';
import { World } from './world.ts';

/** Each class after the one that it extends. */
const CLASSES = [
  Evaluation,
  Track,
  World,
  Key,
  MarkerKey,
  Markers,
  PathValue,
  PropertyRef,
  values.NumberProperty,
  values.VectorProperty,
  values.TextProperty,
  values.PathProperty,
  GroupRef,
  PropertyTree,
  LayerSpace,
  ShapeBounds,
  LayerRef,
  CompositionRef,
  Compositions,
  Engine,
];

const FUNCTIONS = [
  ...Object.values(vectors),
  ...Object.values(interpolation),
  ...Object.values(random),
  ...Object.values(conversion),
  ...[accepted, acceptedPath, acceptedText, numberIn, callable, memberNames, memberOf],
  ...[boundGlobals, currentGlobals, defineGlobals, plainGlobals, forbiddenNames, freezeAll, harden],
  ...[looped, after, inverse, mapped, placed, propertyOf],
  ...[compactName, memberAt, numberInName, unnumbered, playersGroups],
  ...[alongPath, around, combined, cubicAt, turned],
  ...Object.values(way),
  ...[createPath, mixedPaths, pairsOf, tangentsOf, rawDistance, rawMoved, rawSteps],
  ...[values.remember, values.refOf, values.installMembers, values.propertyValue],
];

/**
 * The expression language as source text, so that it is made anew inside of the realm and nothing of ours is reached
 * from there. That works because the files of this folder hold functions and classes only, which use each other by name.
 * The text is an expression, whose value is the class `Engine`.
 */
export function runtimeSource(): string {
  const parts = [...FUNCTIONS, ...CLASSES].map(String).join('\n');
  return `(() => { 'use strict';\n${parts}\nreturn Engine; })()`;
}
