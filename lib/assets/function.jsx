// The cloud's built-in functions on layers and compositions.
//
// Source: After Effects' scripting guide, "Layer", "CompItem", "SolidSource". A solid may be shown by many layers, and its
// colour is that of all: a layer that is not the only one gets a solid of its own.
//@include "../script/runtime/project.jsx"
//@include "../script/runtime/autoscale.jsx"
function showLayer(layer, params) {
  var visible = params.visible === undefined ? params.state === true || params.state === 'visible' : params.visible;
  if (layer.hasVideo === false) {
    layer.audioEnabled = visible;
  } else {
    layer.enabled = visible;
  }
}
function removeLayer(layer) {
  layer.remove();
}
// Where it is seen from; what was cut off before stays cut off.
function setStart(layer, params) {
  layer.startTime = layer.startTime + params.value - layer.inPoint;
}
function setLayerDuration(layer, params) {
  layer.outPoint = layer.inPoint + params.value;
}
function setCompositionDuration(composition, params) {
  var frame = 1 / composition.frameRate;
  var end = composition.workAreaStart + composition.workAreaDuration;
  var isWhole = composition.workAreaStart < frame && end > composition.duration - frame;
  composition.duration = params.value;
  // aerender renders the work area: if it was the whole composition, it stays the whole one.
  if (isWhole) {
    composition.workAreaDuration = composition.duration - composition.workAreaStart;
  }
}
function isSolid(layer) {
  return (
    layer instanceof AVLayer &&
    layer.source instanceof FootageItem &&
    layer.source.mainSource instanceof SolidSource &&
    layer.nullLayer !== true
  );
}
function countShown(item) {
  var count = 0;
  for (var i = 0; i < item.usedIn.length; i += 1) {
    for (var j = 1; j <= item.usedIn[i].numLayers; j += 1) {
      var source = item.usedIn[i].layer(j).source;
      if (source && source.id === item.id) {
        count += 1;
      }
    }
  }
  return count;
}
function setSolidColor(layer, params) {
  if (!isSolid(layer)) {
    throw fault('ASSET_LAYER_MISMATCH', "Layer '" + layer.name + "' is not a solid.");
  }
  var solid = layer.source;
  if (countShown(solid) < 2) {
    solid.mainSource.color = threeOf(params.color);
    return;
  }
  var composition = layer.containingComp;
  var other = composition.layers.addSolid(
    threeOf(params.color),
    solid.name,
    solid.width,
    solid.height,
    solid.pixelAspect,
    composition.duration
  );
  layer.replaceSource(other.source, false);
  other.remove();
}
// As After Effects' own "Fit to Comp", but with the proportions kept.
function scaleToComposition(layer, params) {
  if (!(layer instanceof AVLayer) || layer.source === null) {
    throw fault('ASSET_LAYER_MISMATCH', "Layer '" + layer.name + "' has neither a text nor footage to scale.");
  }
  var composition = layer.containingComp;
  var across = composition.width / layer.width;
  var down = composition.height / layer.height;
  var percent = 100 * (params.type === 'fill' ? Math.max(across, down) : Math.min(across, down));
  var transform = layer.property('ADBE Transform Group');
  setProperty(transform.property('ADBE Anchor Point'), [layer.width / 2, layer.height / 2, 0]);
  setProperty(transform.property('ADBE Scale'), [percent, percent, 100]);
  var position = transform.property('ADBE Position');
  if (position.dimensionsSeparated === true) {
    setProperty(transform.property('ADBE Position_0'), composition.width / 2);
    setProperty(transform.property('ADBE Position_1'), composition.height / 2);
  } else {
    setProperty(position, [composition.width / 2, composition.height / 2, 0]);
  }
}
function autoscale(layer, params) {
  if (layer instanceof TextLayer) {
    autoscaleText(layer, params);
  } else {
    scaleToComposition(layer, params);
  }
}
var FUNCTIONS = {
  'text-params-set': setTextParams,
  'solid-color-set': setSolidColor,
  'layer-state-set': showLayer,
  'layer-remove': removeLayer,
  'layer-autoscale': autoscale,
  'layer-start-set': setStart,
  'layer-duration-set': setLayerDuration
};
// A reserved word is no name after a dot in ES3.
STEPS['function'] = function (asset) {
  var layers = [];
  var i;
  if (asset.name === 'comp-duration-set') {
    setCompositionDuration(compositionOf(asset), asset.params);
    return;
  }
  // All of them are found before the first is changed.
  for (i = 0; i < asset.layerNames.length; i += 1) {
    layers.push(findLayer({ layerName: asset.layerNames[i], composition: asset.composition }));
  }
  for (i = 0; i < layers.length; i += 1) {
    FUNCTIONS[asset.name](layers[i], asset.params);
  }
};
