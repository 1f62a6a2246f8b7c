// Short messages in the corner. What is shown before this is loaded waits in its store.
import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

export function Notices() {
  return <Notifications position="bottom-right" limit={4} />;
}
