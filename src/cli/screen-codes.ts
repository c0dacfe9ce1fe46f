/** What a terminal is told to show a program's own screen, and its former one again (xterm's control sequences). */

/** The alternate screen, no cursor, no wrapping. */
export const ENTER_SCREEN = '\u001B[?1049h\u001B[?25l\u001B[?7l';
export const LEAVE_SCREEN = '\u001B[?7h\u001B[?25h\u001B[?1049l';
