import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { speak, startTexts } from './i18n/index.ts';
import { onChoice, preferences } from './preferences.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
await startTexts(preferences().language);
onChoice(() => void speak(preferences().language));
createRoot(root).render(<App />);
