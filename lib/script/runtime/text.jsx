// The looks of a text, and its size by the room that it has.
//
// Sources: After Effects' scripting guide, "TextDocument" (a value that is set counts for all characters; boxOverflow
// came with 24.6) and "AVLayer.sourceRectAtTime".
//@include "property.jsx"
function sourceText(layer) {
  if (!(layer instanceof TextLayer)) {
    throw fault('ASSET_LAYER_MISMATCH', "Layer '" + layer.name + "' is not a text layer.");
  }
  return layer.property('ADBE Text Properties').property('ADBE Text Document');
}
// A text with keyframes has a document for each; one without has a single one, which is its moment 0 here.
function momentsOf(property) {
  var moments = [];
  for (var i = 1; i <= property.numKeys; i += 1) {
    moments.push(i);
  }
  return moments.length === 0 ? [0] : moments;
}
function documentAt(property, moment) {
  return moment === 0 ? property.value : property.keyValue(moment);
}
function setDocumentAt(property, moment, document) {
  if (moment === 0) {
    property.setValue(document);
  } else {
    property.setValueAtKey(moment, document);
  }
}
function threeOf(color) {
  return [color[0], color[1], color[2]];
}
function applyLooks(document, params) {
  var plain = ['font', 'fontSize', 'tracking', 'strokeWidth', 'applyFill', 'applyStroke'];
  for (var i = 0; i < plain.length; i += 1) {
    if (params[plain[i]] !== undefined) {
      document[plain[i]] = params[plain[i]];
    }
  }
  if (params.leading !== undefined) {
    document.autoLeading = false;
    document.leading = params.leading;
  }
  if (params.fillColor !== undefined && params.applyFill !== false) {
    document.applyFill = true;
    document.fillColor = threeOf(params.fillColor);
  }
  if (params.strokeColor !== undefined && params.applyStroke !== false) {
    document.applyStroke = true;
    document.strokeColor = threeOf(params.strokeColor);
  }
}
function setTextParams(layer, params) {
  var property = sourceText(layer);
  if (params.textValue !== undefined) {
    setText(property, params.textValue);
  }
  var moments = momentsOf(property);
  for (var i = 0; i < moments.length; i += 1) {
    var document = documentAt(property, moments[i]);
    applyLooks(document, params);
    setDocumentAt(property, moments[i], document);
  }
}
function setSize(property, moment, size) {
  var document = documentAt(property, moment);
  // Lines that are a fixed way apart come closer with the letters.
  if (document.autoLeading !== true && document.leading > 0) {
    document.leading = (document.leading * size) / document.fontSize;
  }
  document.fontSize = size;
  setDocumentAt(property, moment, document);
}
function fits(layer, property, moment) {
  var document = documentAt(property, moment);
  if (document.boxText) {
    if (document.boxOverflow === undefined) {
      throw fault('SCRIPT_FAILED', 'nx:layer-autoscale of a text in a box needs After Effects 24.6 or newer.');
    }
    return !document.boxOverflow;
  }
  var time = moment === 0 ? layer.inPoint : property.keyTime(moment);
  var scale = layer.property('ADBE Transform Group').property('ADBE Scale').valueAtTime(time, false);
  var width = layer.sourceRectAtTime(time, false).width;
  return (width * Math.abs(scale[0])) / 100 <= layer.containingComp.width;
}
function shrinkText(layer, property, moment, params) {
  var document = documentAt(property, moment);
  var most = document.fontSize;
  if (params.maxFontSize !== undefined && params.maxFontSize < most) {
    most = params.maxFontSize;
  }
  var least = Math.min(params.minFontSize === undefined ? 1 : params.minFontSize, most);
  // The bundled renderer fits a text into its box itself, with the lines that it draws.
  if (document.boxText && typeof shrinkIntoBox === 'function') {
    setDocumentAt(property, moment, shrinkIntoBox(document, least, most));
    return;
  }
  setSize(property, moment, most);
  if (fits(layer, property, moment)) {
    return;
  }
  while (most - least > 0.1) {
    var size = (least + most) / 2;
    setSize(property, moment, size);
    if (fits(layer, property, moment)) {
      least = size;
    } else {
      most = size;
    }
  }
  setSize(property, moment, least);
}
function autoscaleText(layer, params) {
  var property = sourceText(layer);
  var moments = momentsOf(property);
  for (var i = 0; i < moments.length; i += 1) {
    shrinkText(layer, property, moments[i], params);
  }
}
