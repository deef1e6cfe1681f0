// The property behind a field of the Essential Graphics panel, by ids that outlive a save, and by match names.
//@include "../script/runtime/property.jsx"
function layerByIds(compId, layerId) {
  var all = compositions();
  for (var i = 0; i < all.length; i += 1) {
    for (var j = 1; all[i].id === compId && j <= all[i].numLayers; j += 1) {
      if (all[i].layer(j).id === layerId) {
        return unlocked(all[i].layer(j));
      }
    }
  }
  return null;
}
// Several effects of one kind have one match name; their place tells them apart.
function stepDown(group, step) {
  if (group.propertyType === PropertyType.PROPERTY) {
    return null;
  }
  if (step.index !== null && step.index < group.numProperties) {
    var there = group.property(step.index + 1);
    if (there.matchName === step.matchName) {
      return there;
    }
  }
  return group.property(step.matchName);
}
STEPS.essential = function (asset) {
  var layer = layerByIds(asset.target.compId, asset.target.layerId);
  if (layer === null) {
    throw fault('LAYER_NOT_FOUND', "The layer that field '" + asset.field + "' changes is not in the project.");
  }
  var property = layer;
  for (var i = 0; i < asset.target.path.length && property; i += 1) {
    property = stepDown(property, asset.target.path[i]);
  }
  if (!property || property === layer || property.propertyType !== PropertyType.PROPERTY) {
    throw fault(
      'PROPERTY_NOT_FOUND',
      "The property that field '" + asset.field + "' changes is not in layer '" + layer.name + "'."
    );
  }
  setProperty(property, asset.value);
};
