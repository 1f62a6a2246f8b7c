// A short message in the corner.
import { type NotificationData, notifications } from '@mantine/notifications';
import i18next from 'i18next';

export const say = (what: NotificationData): string => notifications.show({ closeButtonProps: { 'aria-label': i18next.t('parts.close') }, ...what });
