/** What a terminal is told to show a program's own screen, and its former one again (xterm's control sequences). */

/** The alternate screen, no cursor, no wrapping. */
export const ENTER_SCREEN = '\u001B[?1049h\u001B[?25l\u001B[?7l';
/** Presses of buttons and turns of the wheel, in a form that has no largest column. */
export const ENTER_MOUSE = '\u001B[?1000h\u001B[?1006h';
const LEAVE_MOUSE = '\u001B[?1006l\u001B[?1000l';
export const LEAVE_SCREEN = `${LEAVE_MOUSE}\u001B[?7h\u001B[?25h\u001B[?1049l`;
