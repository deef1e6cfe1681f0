// Compositions and layers by their exact names. After Effects' own look-up by name ignores upper and lower case.
//@include "report.jsx"
function compositions() {
  var found = [];
  for (var i = 1; i <= app.project.numItems; i += 1) {
    var item = app.project.item(i);
    if (item instanceof CompItem) {
      found.push(item);
    }
  }
  return found;
}
function namesOf(things) {
  var names = [];
  for (var i = 0; i < things.length; i += 1) {
    names.push(things[i].name);
  }
  return names;
}
function mainComposition(all) {
  for (var i = 0; i < all.length; i += 1) {
    if (all[i].usedIn.length === 0) {
      return all[i];
    }
  }
  return all[0];
}
function findComposition(name) {
  var all = compositions();
  if (name === null || name === undefined) {
    if (all.length > 0) {
      return mainComposition(all);
    }
    throw fault('COMPOSITION_NOT_FOUND', 'The project has no composition.');
  }
  for (var i = 0; i < all.length; i += 1) {
    if (all[i].name === name) {
      return all[i];
    }
  }
  throw fault('COMPOSITION_NOT_FOUND', "Composition '" + name + "' not found; the project has " + list(namesOf(all)));
}
function compositionOf(asset) {
  return findComposition(asset.composition === undefined ? job.composition : asset.composition);
}
// After Effects refuses some changes of a locked layer. The project is not saved, so it stays unlocked.
function unlocked(layer) {
  if (layer.locked === true) {
    layer.locked = false;
  }
  return layer;
}
function findLayer(asset) {
  var composition = compositionOf(asset);
  var layers = [];
  for (var i = 1; i <= composition.numLayers; i += 1) {
    var layer = composition.layer(i);
    if (asset.layerName === undefined ? i === asset.layerIndex : layer.name === asset.layerName) {
      return unlocked(layer);
    }
    layers.push(layer);
  }
  var wanted = asset.layerName === undefined ? 'Layer ' + asset.layerIndex : "Layer '" + asset.layerName + "'";
  throw fault(
    'LAYER_NOT_FOUND',
    wanted + " not found in composition '" + composition.name + "'; it has " + list(namesOf(layers))
  );
}
