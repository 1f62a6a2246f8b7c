// The nonce of this page: whatever puts styles into it must carry it.
import { setNonce } from 'get-nonce';

export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce); // for what locks the scrolling behind dialogs
