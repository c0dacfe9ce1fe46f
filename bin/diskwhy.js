#!/usr/bin/env node
// The shim that npm links: refuses a Node that is too old in one line, then hands over to the program.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    'diskwhy: Node ' +
      process.versions.node +
      ' is too old: 22.22 or newer is needed (npx in a checkout brings its own)\n',
  );
  process.exitCode = 2;
} else {
  // No top-level await: what is too old must still be able to read this file.
  void import('../dist/cli/main.js').then(({ main }) => main());
}
