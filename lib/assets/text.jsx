//@include "../script/runtime/text.jsx"
STEPS.text = function (step) {
  setText(sourceText(findLayer(step)), step.value);
};
