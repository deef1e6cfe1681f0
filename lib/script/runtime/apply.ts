/** ES3: the assets in their order. A fault of After Effects' own is told with the asset that caused it. */
export const APPLY_RUNTIME = `
function applyText(layer, asset) {
  if (!(layer instanceof TextLayer)) {
    throw fault('ASSET_LAYER_MISMATCH', "Layer '" + layer.name + "' is not a text layer.");
  }
  setText(layer.property('ADBE Text Properties').property('ADBE Text Document'), asset.value);
}
function applyData(layer, asset) {
  var property = findProperty(layer, asset.property);
  if (asset.expression === undefined) {
    setProperty(property, asset.value);
  } else {
    property.expression = asset.expression;
  }
}
function apply(asset) {
  var layer = findLayer(asset);
  if (asset.type === 'text') {
    applyText(layer, asset);
  } else if (asset.type === 'data') {
    applyData(layer, asset);
  } else {
    replaceFootage(layer, asset.src);
  }
}
for (var a = 0; a < job.assets.length; a += 1) {
  try {
    apply(job.assets[a]);
  } catch (error) {
    if (reason(error).indexOf('aerender-batch: ') === 0) {
      throw error;
    }
    var what = job.assets[a].property === undefined ? '' : " (property '" + job.assets[a].property + "')";
    throw fault('SCRIPT_FAILED', 'assets[' + job.assets[a].index + ']' + what + ': ' + reason(error));
  }
}
`;
