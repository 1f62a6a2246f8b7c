import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { meQuery } from './api/me.ts';
import { App } from './app.tsx';
import { speak, startTexts } from './i18n/index.ts';
import { onChoice, preferences } from './preferences.ts';
import { queries } from './queries.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
if (location.pathname !== '/login') void queries.prefetchQuery(meQuery); // while the texts are on their way
await startTexts(preferences().language);
onChoice(() => void speak(preferences().language));
createRoot(root).render(<App />);
