/**
 * The chunks that are known: read here, or known to hold nothing that a template's data depend on. Every other id is
 * skipped in the same way, and counted, so that a newer After Effects shows in `Project.unknownChunks`.
 */
const READ = [
  // The project itself.
  'head nhed nnhd ExEn Fold Sfdr Item idta cmta Utf8',
  // Compositions, layers, footage.
  'cdta cdrp Layr ldta SecL Pin  sspc Als2 alas opti StVc CIF3 CIF2 CIFO CpS2 CCtl CTyp CPrp CCId CLId',
  // Properties.
  'tdgp tdmn tdsb tdsn tdbs tdb4 cdat tdum tduM tdpi tdli expr list lhd3 ldat',
  'otst otky otda om-s omks shap shph GCst GCky mrst mrky Nmrd NmHd btds btdk mkif',
  // Effects.
  'EfdG EfDC EfDf fnam parT parn pard pdnm',
].join(' ');

const SKIPPED = [
  // Panels, views, selections, guides and what else is of the window: `f…` of the viewers, outlines, work spaces.
  'fvdv ftts foac fipc fiop fifl fiac fips fovi fovc fott fots fitt fits fivi fivc fidi fimr fipl ftwd fdta fcid ftgi',
  'SLay CLay DLay Ewst ewot ewin FEE  otln LOm  Gide gdta wsns wsnm seq  idpc iide pdvc oacc fmpl dats',
  // Colour management, the renderer's choice, thumbnails, sound, media that were not found.
  'CPPl pprf cpid acer adfr dwga qtlg gpuG CLRS epid apid linl ipws embp prgb dcui Mcsp mnfo strt drop PRin prin prda',
  'lnrb lnrp pcms ocsp comr blsv blsi CapI svap',
  // The render queue.
  'LRdr LSIf LItm Rhed Rout Roou Ropt ARsi AFsi ACsi RCom PTRE',
  // Essential Graphics: values, ranges and looks of a control, which the property itself holds as well.
  'CsCt CapS CapL CPTm CROI CcCt CprC CVal CDef Smin Smax CFEd CSEd CDim CSLk CSMw CSMh CSMs CSMe CSMt CSMp CSMd',
  'CCEx CSGe StVS OvG2 OvdG',
  // Chunks of properties and effects: links by id, shapes drawn with feather, roto brush, text's own selection state.
  'tdps fth5 omtn pgui btgu sfdt sfid sfnm Pefl pjef numS ppSn mrid Stro Shap Trim PwCs ocid acid uuid',
].join(' ');

/** Ids are four characters, and two of them end in a space: cut at every fifth place rather than at spaces. */
function idsOf(list: string): string[] {
  const ids: string[] = [];
  for (let at = 0; at < list.length; at += 5) ids.push(list.slice(at, at + 4));
  return ids;
}

const KNOWN: ReadonlySet<string> = new Set([...idsOf(READ), ...idsOf(SKIPPED)]);

export function isKnownChunk(id: string): boolean {
  return KNOWN.has(id);
}
