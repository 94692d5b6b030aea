// The page's elements: one that is there, and a new one.

export const byId = (id) => document.getElementById(id);

export const element = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);
