/**
 * How the facts about After Effects' own groups are written down: a table for each family of groups.
 *
 * Sources, of all tables in this folder: After Effects Scripting Guide (ae-scripting.docsforadobe.dev), "Match names";
 * forticheprod/py-aep, which recorded what After Effects 2018 to 2026 answers to scripts. What only some versions,
 * renderers or kinds of a layer have is listed with the rest: better to let a wrong name pass than to refuse a right one.
 */

/** What After Effects calls it in English; where it shows several names, the usual one first. */
type EnglishName = string | readonly [usual: string, ...others: string[]];

/** By match name, in the order in which After Effects shows them. */
export type Members = Readonly<Record<string, EnglishName>>;

export interface Family {
  /** Groups that After Effects fills by itself: these members are always there, and no others. */
  fixed: Readonly<Record<string, Members>>;
  /** Groups that the user fills, with what they can hold. The user gives names to what is in them. */
  indexed: Readonly<Record<string, Members>>;
  /** Groups that can hold more than is known here. */
  open: Readonly<Record<string, Members>>;
}
