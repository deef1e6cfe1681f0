// The size of a text by the room that it has. Only what measures texts names sourceRectAtTime: by that word the bundled
// renderer reads its fonts before the script runs.
//
// Source: After Effects' scripting guide, "TextDocument" (boxOverflow came with 24.6) and "AVLayer.sourceRectAtTime".
//@include "text.jsx"
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
