//@include "../script/runtime/property.jsx"
STEPS.data = function (step) {
  var property = findProperty(findLayer(step), step.property);
  if (step.expression === undefined) {
    setProperty(property, step.value);
  } else {
    property.expression = step.expression;
  }
};
