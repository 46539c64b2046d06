import './support-inbox/index.js';
