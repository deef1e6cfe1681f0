// A script of the job's own, with its parameters in a variable (NX) that has get(key). What is not there is null.
//
// Source: the README of inlife/nexrender, "Script Asset". A function written as a text, which nexrender would run, stays a
// text here: values are never code.
//@include "../script/runtime/report.jsx"
function Parameters(list) {
  this.params = list;
}
Parameters.prototype.get = function (key) {
  for (var i = 0; i < this.params.length; i += 1) {
    if (this.params[i].key === key) {
      return this.params[i].value;
    }
  }
  return null;
};
Parameters.prototype.set = function (key, value) {
  for (var i = 0; i < this.params.length; i += 1) {
    if (this.params[i].key === key) {
      this.params[i].value = value;
      return;
    }
  }
  this.params.push({ key: key, value: value });
};
STEPS.script = function (asset) {
  var before = $.global[asset.keyword];
  $.global[asset.keyword] = new Parameters(asset.parameters);
  try {
    $.evalFile(new File(asset.src));
  } catch (error) {
    // The first line of the file is ours.
    var line = error && error.line > 1 ? ' (line ' + (error.line - 1) + ')' : '';
    throw fault('SCRIPT_FAILED', 'assets[' + asset.asset + "]: script '" + asset.name + "': " + reason(error) + line);
  } finally {
    $.global[asset.keyword] = before;
  }
};
