// Properties by name or path, and their values. A path is written with arrows (Effects->Fill->Color), each step a display
// name or a match name. A bare name is looked for in the whole layer, the nearest to its top first.
//
// If After Effects shows another language, English names are found by match name (job.englishNames), after the name that
// is shown: what the user named so comes first.
//@include "report.jsx"
//@include "project.jsx"
function childrenOf(group) {
  var found = [];
  for (var i = 1; i <= group.numProperties; i += 1) {
    var child = group.property(i);
    if (child) {
      found.push(child);
    }
  }
  return found;
}
function isNamed(property, name) {
  return property.name === name || property.matchName === name;
}
function isNamedInEnglish(property, name) {
  var names = job.englishNames[property.matchName];
  if (!(names instanceof Array)) {
    return false;
  }
  for (var i = 0; i < names.length; i += 1) {
    if (names[i] === name) {
      return true;
    }
  }
  return false;
}
function firstNamed(properties, name) {
  var i;
  for (i = 0; i < properties.length; i += 1) {
    if (isNamed(properties[i], name)) {
      return properties[i];
    }
  }
  for (i = 0; i < properties.length; i += 1) {
    if (isNamedInEnglish(properties[i], name)) {
      return properties[i];
    }
  }
  return null;
}
function searchWhole(layer, name) {
  var groups = [layer];
  while (groups.length > 0) {
    var next = [];
    var properties = [];
    for (var i = 0; i < groups.length; i += 1) {
      var children = childrenOf(groups[i]);
      for (var j = 0; j < children.length; j += 1) {
        (children[j].propertyType === PropertyType.PROPERTY ? properties : next).push(children[j]);
      }
    }
    var found = firstNamed(properties, name);
    if (found !== null) {
      return found;
    }
    groups = next;
  }
  return null;
}
function propertyNotFound(step, group, layer) {
  return fault(
    'PROPERTY_NOT_FOUND',
    "Property '" +
      step +
      "' not found in '" +
      group.name +
      "' of layer '" +
      layer.name +
      "'; it has " +
      list(namesOf(childrenOf(group)))
  );
}
function findProperty(layer, path) {
  var steps = path.split('->');
  if (steps.length === 1) {
    var found = searchWhole(layer, path);
    if (found === null) {
      throw propertyNotFound(path, layer, layer);
    }
    return found;
  }
  var property = layer;
  for (var i = 0; i < steps.length; i += 1) {
    var step = steps[i].replace(/^\s+|\s+$/g, '');
    var child = property.propertyType === PropertyType.PROPERTY ? null : firstNamed(childrenOf(property), step);
    if (child === null) {
      throw propertyNotFound(step, property, layer);
    }
    property = child;
  }
  if (property.propertyType !== PropertyType.PROPERTY) {
    throw fault(
      'PROPERTY_NOT_FOUND',
      "'" +
        path +
        "' of layer '" +
        layer.name +
        "' is a group and takes no value; it has " +
        list(namesOf(childrenOf(property)))
    );
  }
  return property;
}
function removeKeys(property, left) {
  for (var i = property.numKeys; i > left; i -= 1) {
    property.removeKey(i);
  }
}
// After Effects switches time remapping off with its last keyframe, so the first one stays and holds the value.
function setForWholeTime(property, value) {
  if (property.matchName === 'ADBE Time Remapping' && property.numKeys > 0) {
    removeKeys(property, 1);
    property.setValueAtKey(1, value);
  } else {
    removeKeys(property, 0);
    property.setValue(value);
  }
}
function setText(property, text) {
  // After Effects ends a paragraph with a carriage return.
  var content = text.replace(/\r\n|\n|\u2028|\u2029/g, '\r');
  if (property.expressionEnabled) {
    property.expressionEnabled = false;
  }
  var document;
  if (property.numKeys === 0) {
    document = property.value;
    document.text = content;
    property.setValue(document);
    return;
  }
  for (var i = 1; i <= property.numKeys; i += 1) {
    document = property.keyValue(i);
    document.text = content;
    property.setValueAtKey(i, document);
  }
}
// A position whose dimensions are separated is hidden, and so are its parts while they are not.
function setSeparated(property, value) {
  if (property.isSeparationLeader === true && property.dimensionsSeparated === true && value instanceof Array) {
    for (var i = 0; i < value.length; i += 1) {
      // On a 2D layer the third part is hidden, and 0.
      if (i < 2 || value[i] !== 0) {
        setProperty(property.getSeparationFollower(i), value[i]);
      }
    }
    return true;
  }
  if (property.isSeparationFollower === true && property.separationLeader.dimensionsSeparated !== true) {
    property.separationLeader.dimensionsSeparated = true;
  }
  return false;
}
function setProperty(property, value) {
  if (property.propertyValueType === PropertyValueType.TEXT_DOCUMENT) {
    setText(property, String(value));
    return;
  }
  if (setSeparated(property, value)) {
    return;
  }
  if (property.expressionEnabled) {
    property.expressionEnabled = false;
  }
  if (property.propertyValueType === PropertyValueType.COLOR && value instanceof Array && value.length === 3) {
    value = value.concat([1]);
  }
  if (value === true || value === false) {
    value = value ? 1 : 0;
  }
  setForWholeTime(property, value);
}
