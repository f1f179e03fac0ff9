// Asks for the part that holds this bell again, once for each turn.
const rung = new WeakMap(); // mounted bell: the turn it rang last

export default function ({ data, parentElement, setTriggerValue }) {
  if (rung.get(parentElement) === data.turn) return undefined;
  const timer = setTimeout(() => {
    rung.set(parentElement, data.turn);
    setTriggerValue("rung", true);
  }, data.wait * 1000);
  return () => clearTimeout(timer);
}
