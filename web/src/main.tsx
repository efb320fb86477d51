import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startLanguage } from './i18n';
import { startDisplay } from './kit/display';
import './kit/tokens.css';
import './kit/base.css';
import './kit/parts.css';
import './app/shell.css';
import './blocks/blocks.css';

startDisplay();
void startLanguage().then(() => {
  const root = document.getElementById('root');
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
});
