/** ES3: the assets in their order. A fault of After Effects' own is told with the asset that caused it. */
export const APPLY_RUNTIME = `
function applyData(layer, asset) {
  var property = findProperty(layer, asset.property);
  if (asset.expression === undefined) {
    setProperty(property, asset.value);
  } else {
    property.expression = asset.expression;
  }
}
function apply(asset) {
  switch (asset.type) {
    case 'text':
      setText(sourceText(findLayer(asset)), asset.value);
      break;
    case 'data':
      applyData(findLayer(asset), asset);
      break;
    case 'function':
      applyFunction(asset);
      break;
    case 'essential':
      applyEssential(asset);
      break;
    case 'script':
      runUserScript(asset);
      break;
    default:
      replaceFootage(findLayer(asset), asset.src);
  }
}
function wordsFor(asset) {
  if (asset.type === 'function') {
    return ' (nx:' + asset.name + ')';
  }
  if (asset.type === 'essential') {
    return " (field '" + asset.field + "')";
  }
  return asset.property === undefined ? '' : " (property '" + asset.property + "')";
}
for (var a = 0; a < job.steps.length; a += 1) {
  try {
    apply(job.steps[a]);
  } catch (error) {
    if (reason(error).indexOf('aerender-batch ' + job.nonce + ': ') === 0) {
      throw error;
    }
    throw fault('SCRIPT_FAILED', 'assets[' + job.steps[a].asset + ']' + wordsFor(job.steps[a]) + ': ' + reason(error));
  }
}
`;
