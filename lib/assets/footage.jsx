// A layer's footage. A file that several assets name is imported once.
//@include "../script/runtime/project.jsx"
var imported = [];
function importFootage(path, isSequence, frameRate) {
  for (var i = 0; i < imported.length; i += 1) {
    if (imported[i].path === path) {
      return imported[i].item;
    }
  }
  var file = new File(path);
  if (!file.exists) {
    throw fault('ASSET_NOT_FOUND', 'The file ' + path + ' is not there.');
  }
  var item;
  try {
    var options = new ImportOptions(file);
    if (isSequence) {
      options.sequence = true;
    }
    item = app.project.importFile(options);
    if (isSequence) {
      item.mainSource.conformFrameRate = frameRate;
    }
  } catch (error) {
    throw fault('ASSET_INVALID', 'After Effects cannot import ' + path + ': ' + reason(error));
  }
  imported.push({ path: path, item: item });
  return item;
}
function replaceFootage(layer, step) {
  if (!(layer instanceof AVLayer) || layer.source === null) {
    throw fault('ASSET_LAYER_MISMATCH', "Layer '" + layer.name + "' shows no footage, so it cannot be given a file.");
  }
  // A layer that nobody renamed takes the name of its new source, and later assets would not find it.
  var name = layer.name;
  layer.replaceSource(importFootage(step.src, step.isSequence, layer.containingComp.frameRate), true);
  if (layer.name !== name) {
    layer.name = name;
  }
}
// A number is that of the layer in the template: these are found before a step removes a layer above.
function findNumberedLayers() {
  for (var i = 0; i < job.steps.length; i += 1) {
    var step = job.steps[i];
    var composition = step.layerIndex === undefined ? null : compositionOf(step);
    if (composition !== null && step.layerIndex <= composition.numLayers) {
      step.layer = composition.layer(step.layerIndex);
    }
  }
}
findNumberedLayers();
STEPS.footage = function (step) {
  replaceFootage(step.layer === undefined ? findLayer(step) : unlocked(step.layer), step);
};
