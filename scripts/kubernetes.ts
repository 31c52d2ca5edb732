/** Renders the overlays of deploy/kubernetes, and looks whether Kubernetes would take what comes out. The policies are in kubernetes/*.spec.ts. */
import { cannotRender, overlays, render } from './kubernetes/render.ts';
import { schemaComplaints } from './kubernetes/schemas.ts';

const reason = cannotRender();
if (reason) {
  console.log(`Not rendered: ${reason}. The manifests of deploy/kubernetes are not checked here.`);
} else {
  for (const overlay of overlays) {
    const manifests = render(overlay);
    const complaints = (await Promise.all(manifests.map(schemaComplaints))).flat();
    for (const complaint of complaints) console.error(`${overlay}: ${complaint}`);
    if (complaints.length > 0) process.exitCode = 1;
    else console.log(`${overlay}: ${manifests.length} objects fit their schemas`);
  }
}
