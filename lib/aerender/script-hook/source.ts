/** Raised with every change of the source: an installation that has an older one is told so. */
export const HOOK_VERSION = 1;

/** After Effects runs its start-up scripts in alphabetical order: this name comes after commandLineRenderer.jsx. */
export const HOOK_NAME = 'zz-aerender-batch.jsx';

/** What the first line of every version begins with. */
export const HOOK_MARK = 'aerender-batch-hook v';

/**
 * ES3: a start-up script that teaches aerender `-r <path>`. It was never run inside After Effects: the tests run it
 * against a model of Adobe's command-line renderer.
 *
 * aerender starts After Effects and calls `gAECommandLineRenderer.Render(...)` with its arguments, after the start-up
 * scripts, which share one global scope. The object takes an argument apart in `ParseParamStartingAt(index)`, which
 * answers how many it used; `ReallyRender` opens the project, and then asks `GetFirstQueuedRQItemWithName` for `-comp`,
 * or takes the item of `-rqindex`, which goes to `EstablishAsOnlyQueuedItem`. Before every render it calls
 * `SaveAndSetRenderSoundSetting`. The script is run by the first of these three that is called.
 *
 * Where the object has another shape, nothing of it is changed, and aerender refuses `-r` as it does by itself. Where it
 * takes `-r` by a patch of nexrender (`in_script_path`), that one is left to do it.
 *
 * Sources: inlife/nexrender (the patched copies in nexrender-core/src/assets), Adobe's scripting guide ("Running scripts
 * automatically during application startup or shutdown"), and raycast001/yosuki-pipeline, whose own start-up script wraps
 * `AddCompToRenderQueue` of the same object in After Effects 2026.
 */
export const HOOK_SOURCE = String.raw`// ${HOOK_MARK}${HOOK_VERSION}
// Lets aerender run a script on the project that it opened, before it renders: aerender -r <path>
// Made by aerender-batch. It changes no file of Adobe's; to remove it: aerender-batch setup --remove
(function () {
  var NEEDED = [
    'ParseInArgs', 'ParseParamStartingAt', 'GetValueForFlag', 'SetExitCodeAndThrowException', 'ReallyRender',
    'GetFirstQueuedRQItemWithName', 'EstablishAsOnlyQueuedItem'
  ];
  var MOMENTS = ['GetFirstQueuedRQItemWithName', 'EstablishAsOnlyQueuedItem', 'SaveAndSetRenderSoundSetting'];

  function isAsExpected(renderer) {
    if (typeof renderer !== 'object' || renderer === null) {
      return false;
    }
    for (var i = 0; i < NEEDED.length; i += 1) {
      if (typeof renderer[NEEDED[i]] !== 'function') {
        return false;
      }
    }
    return typeof renderer.in_script_path === 'undefined' && typeof renderer.aerenderBatch === 'undefined';
  }
  function fail(renderer, message) {
    var code = renderer.EXIT_OTHER_SCRIPTING_ERROR;
    renderer.SetExitCodeAndThrowException(typeof code === 'number' ? code : 5, message);
  }
  function readScript(renderer, path) {
    var file = new File(path);
    file.encoding = 'UTF-8';
    if (!file.open('r')) {
      fail(renderer, 'Can not open script file. Make sure path is correct: ' + path);
    }
    var code = file.read();
    file.close();
    return code;
  }
  // By itself, so that the names of the script and those of this file do not meet.
  function evaluate() {
    eval(arguments[0]);
  }
  function runOnce(renderer) {
    var state = renderer.aerenderBatch;
    if (state.script === null || state.hasRun) {
      return;
    }
    state.hasRun = true;
    var code = readScript(renderer, state.script);
    if (renderer.log_file && renderer.is_verbose_mode) {
      renderer.log_file.writeln('INFO:Running script: ' + state.script);
    }
    try {
      evaluate(code);
    } catch (error) {
      fail(renderer, 'Error executing script: ' + state.script + '\n' + String(error));
    }
  }
  function doBefore(renderer, name, action) {
    var original = renderer[name];
    renderer[name] = function () {
      action(renderer);
      return original.apply(renderer, arguments);
    };
  }
  function takeScripts(renderer) {
    var state = { script: null, hasRun: false };
    var parse = renderer.ParseParamStartingAt;
    var render = renderer.ReallyRender;
    renderer.aerenderBatch = state;
    // After Effects may stay open for another render, which has arguments of its own.
    doBefore(renderer, 'ParseInArgs', function () {
      state.script = null;
      state.hasRun = false;
    });
    renderer.ParseParamStartingAt = function (index) {
      if (!renderer.inArgs || renderer.inArgs[index] !== '-r') {
        return parse.apply(renderer, arguments);
      }
      state.script = renderer.GetValueForFlag(index + 1, '-r');
      return 2;
    };
    for (var i = 0; i < MOMENTS.length; i += 1) {
      if (typeof renderer[MOMENTS[i]] === 'function') {
        doBefore(renderer, MOMENTS[i], runOnce);
      }
    }
    renderer.ReallyRender = function () {
      var answer = render.apply(renderer, arguments);
      if (state.script !== null && !state.hasRun && app.exitCode === 0) {
        fail(renderer, 'Error executing script: ' + state.script + '\nThe render began without it.');
      }
      return answer;
    };
  }

  try {
    if (typeof gAECommandLineRenderer !== 'undefined' && isAsExpected(gAECommandLineRenderer)) {
      takeScripts(gAECommandLineRenderer);
    }
  } catch (error) {
    // It would be shown at every start of After Effects. aerender says by itself that it does not know -r.
  }
}());
`;
