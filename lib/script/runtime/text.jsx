// The looks of a text.
//
// Source: After Effects' scripting guide, "TextDocument" (a value that is set counts for all characters).
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
