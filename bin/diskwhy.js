#!/usr/bin/env node
// The shim that npm links: refuses a Node that is too old in one line, then hands over to the program. Old syntax only.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 22)) {
  process.stderr.write(
    'diskwhy: Node ' +
      process.versions.node +
      ' is too old: 22.22 or newer is needed (npx in a checkout brings its own)\n',
  );
  process.exitCode = 2;
} else {
  void require('../dist/start.js').main();
}
