import { BatchEngine } from 'aerender-batch';

const engine = await BatchEngine.open({ database: ':memory:', outputDir: 'renders', paused: true });
console.log('opened');
await engine.close();
