//@include "../script/runtime/property.jsx"
STEPS.data = function (step) {
  var layer = findLayer(step);
  var property = findProperty(layer, step.property);
  if (property.matchName === 'ADBE Time Remapping' && layer.canSetTimeRemapEnabled === true) {
    layer.timeRemapEnabled = true;
  }
  if (step.expression === undefined) {
    setProperty(property, step.value);
  } else {
    property.expression = step.expression;
    if (property.expressionError) {
      throw new Error(property.expressionError);
    }
  }
};
