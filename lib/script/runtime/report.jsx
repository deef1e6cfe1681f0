// How a fault is reported. ExtendScript has no JSON of its own in every version, and its messages may lose all but ASCII.

// How each type of step is carried out: the file of the asset's type adds it.
var STEPS = {};

function quote(text) {
  var out = '"';
  for (var i = 0; i < text.length; i += 1) {
    var code = text.charCodeAt(i);
    if (code < 32 || code > 126 || code === 34 || code === 92) {
      out += '\\u' + ('0000' + code.toString(16)).slice(-4);
    } else {
      out += text.charAt(i);
    }
  }
  return out + '"';
}
function fault(code, message) {
  return new Error(
    'aerender-batch ' + job.nonce + ': {"code":' + quote(code) + ',"message":' + quote(message.slice(0, 2000)) + '}'
  );
}
function list(names) {
  var shown = [];
  for (var i = 0; i < names.length && i < 30; i += 1) {
    shown.push("'" + names[i] + "'");
  }
  if (names.length > 30) {
    shown.push('and ' + (names.length - 30) + ' more');
  }
  return shown.length === 0 ? 'none' : shown.join(', ');
}
function reason(error) {
  return error && error.message ? error.message : String(error);
}
