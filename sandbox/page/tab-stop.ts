/** In a list of messages Tab stops at one message and at what can be pressed in it; the arrow keys choose which. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const TabStopContext = createContext(true);

/** @returns the `tabIndex` of what can be pressed */
export const useTabStop = (): 0 | -1 => (useContext(TabStopContext) ? 0 : -1);
