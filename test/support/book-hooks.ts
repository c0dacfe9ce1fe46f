/** What a growth book asks of a watch, where there is none around it. */
export const noBookHooks = {
  locate: () => undefined,
  descriptorOf: () => undefined,
  baselineOf: () => undefined,
  isKept: () => false,
  onGoneUnseen: () => undefined,
  directoryBytes: () => 0,
  onDirectory: () => undefined,
  onTurn: () => undefined,
  onMoved: () => undefined,
  onForgotten: () => undefined,
};
