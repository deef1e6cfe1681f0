/**
 * A realm as After Effects' scripts have it: ES3. What JavaScript got since would hide that a script calls something
 * that is not there.
 *
 * Source: ECMA-262, third edition, chapter 15. ExtendScript has no JSON, no `Array.prototype.indexOf`, no `trim`.
 */
import { type Context, createContext, runInContext } from 'node:vm';

const EVERYWHERE = 'length name prototype constructor toString toLocaleString valueOf';
const ES3: Readonly<Record<string, string>> = {
  Math: 'E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan',
  'Number.prototype': 'toFixed toExponential toPrecision',
  Number: 'MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY',
  'String.prototype':
    'charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substr substring toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase',
  String: 'fromCharCode',
  'Array.prototype': 'concat join pop push reverse shift slice sort splice unshift',
  Array: '',
  'Function.prototype': 'apply call',
  'Object.prototype': 'hasOwnProperty isPrototypeOf propertyIsEnumerable',
  Object: '',
  globalThis:
    'NaN Infinity undefined eval parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape Object Function Array String Boolean Number Date RegExp Error EvalError RangeError ReferenceError SyntaxError TypeError URIError Math',
};

/** With these globals. Symbols stay: the realm's own regular expressions work by them. */
export function extendScriptRealm(globals: object): Context {
  const context = createContext({});
  for (const [path, names] of Object.entries(ES3)) {
    const kept = new Set([...EVERYWHERE.split(' '), ...names.split(' ')]);
    const holder: object = runInContext(path, context);
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (!kept.has(name) && !name.startsWith('__')) Reflect.deleteProperty(holder, name);
    }
  }
  return Object.assign(context, globals);
}
