// Carries out the steps in their order. A fault of After Effects' own is reported with the asset that caused it.
//@include "report.jsx"
function wordsFor(asset) {
  if (asset.type === 'function') {
    return ' (nx:' + asset.name + ')';
  }
  if (asset.type === 'essential') {
    return " (field '" + asset.field + "')";
  }
  return asset.property === undefined ? '' : " (property '" + asset.property + "')";
}
for (var a = 0; a < job.steps.length; a += 1) {
  try {
    STEPS[job.steps[a].type](job.steps[a]);
  } catch (error) {
    if (reason(error).indexOf('aerender-batch ' + job.nonce + ': ') === 0) {
      throw error;
    }
    throw fault('SCRIPT_FAILED', 'assets[' + job.steps[a].asset + ']' + wordsFor(job.steps[a]) + ': ' + reason(error));
  }
}
