// What people say to a character.
export const MESSAGES = [
  "Hello! Who are you?", "What do you like?", "Tell me a story.", "Are you happy?", "What is the weather like?",
  "Do you know a joke?", "I had a long day.", "What did you do yesterday?", "Can you sing?", "What are you afraid of?",
  "My name is Ada.", "What is my name?", "Do you like me?", "Where do you live?", "How old are you?",
  "What is two and two?", "Thank you.", "I do not believe you.", "What do you dream of?", "Good night.",
];
