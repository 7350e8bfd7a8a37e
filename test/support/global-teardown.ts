import { release } from './database-held.ts';

export default release;
