/**
 * Renders the overlays of deploy/kubernetes, with and without the components, and looks whether Kubernetes would take what comes out, and whether scalers
 * look at the queues that setup declares. The other policies are in kubernetes/*.spec.ts.
 */
import { partitionComplaints } from './kubernetes/partitions.ts';
import { cannotRender, components, overlays, render, renderWith } from './kubernetes/render.ts';
import { schemaComplaints } from './kubernetes/schemas.ts';

const reason = cannotRender();
if (reason) {
  console.log(`Not rendered: ${reason}. The manifests of deploy/kubernetes are not checked here.`);
} else {
  const rendered = overlays.flatMap((overlay) => [
    { name: overlay, manifests: render(overlay) },
    ...components.map((component) => ({ name: `${overlay} with ${component}`, manifests: renderWith(overlay, component) })),
  ]);
  for (const { name, manifests } of rendered) {
    const complaints = [...(await Promise.all(manifests.map(schemaComplaints))).flat(), ...(await partitionComplaints(manifests))];
    for (const complaint of complaints) console.error(`${name}: ${complaint}`);
    if (complaints.length > 0) process.exitCode = 1;
    else console.log(`${name}: ${manifests.length} objects fit their schemas`);
  }
}
