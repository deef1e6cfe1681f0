/** The compositions and layers of invitation.json. Written by: aerender-batch templates types invitation.json */
export type Invitation = {
  /** 1280 x 720, 100 frames at 25 a second. */
  main: {
    'lower third': 'footage';
    date: 'text';
    'accent line': 'solid';
    event: 'text';
    name: 'text';
    invitation: 'text';
    photo: 'footage';
    accent: 'solid';
    background: 'footage';
  };
};
