/** Light or dark: as the machine has it, until somebody says otherwise here. */
import { useState } from 'preact/hooks';

const kept = 'theme';
const isDarkNow = (): boolean => {
  const chosen = localStorage.getItem(kept);
  return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
};

/** Takes up what was chosen last time. */
export const takeUpTheme = (): void => {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
};

export const ThemeSwitch = () => {
  const [isDark, setDark] = useState(isDarkNow());
  const turn = (): void => {
    localStorage.setItem(kept, isDark ? 'light' : 'dark');
    takeUpTheme();
    setDark(!isDark);
  };
  return (
    <button type="button" class="theme" onClick={turn}>
      {isDark ? 'Light colours' : 'Dark colours'}
    </button>
  );
};
